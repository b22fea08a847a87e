package main

import (
	"strings"

	v1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/endpointslice/topologycache"
	"k8s.io/klog/v2"
)

func init() { register("topoauto", topoauto) }

type topoautoInput struct {
	Nodes     []nodeRecord     `json:"nodes"`
	Endpoints []endpointRecord `json:"endpoints"`
}

type topoautoOutput struct {
	Hints []*hintsRecord `json:"hints"`
	// Off is the message of the event that tells why there are no hints, without its address type.
	Off string `json:"off,omitempty"`
}

func topoauto(input topoautoInput) (*topoautoOutput, error) {
	cache := topologycache.NewTopologyCache()
	nodes := make([]*v1.Node, 0, len(input.Nodes))
	for _, record := range input.Nodes {
		nodes = append(nodes, record.node())
	}
	logger := klog.Background()
	cache.SetNodes(logger, nodes)
	created, _, events := cache.AddHints(logger, &topologycache.SliceInfo{
		ServiceKey:  namespace + "/" + serviceName,
		AddressType: discovery.AddressTypeIPv4,
		ToCreate:    []*discovery.EndpointSlice{slice("web-1", discovery.AddressTypeIPv4, portRecord{}, endpointPort, input.Endpoints)},
	})
	output := &topoautoOutput{Hints: hintsOf(created[0].Endpoints)}
	for _, event := range events {
		if event.Reason == "TopologyAwareHintsDisabled" {
			output.Off = strings.TrimSuffix(event.Message, topologycache.FormatWithAddressType("", discovery.AddressTypeIPv4))
		}
	}
	return output, nil
}
