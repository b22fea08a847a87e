package main

import (
	"fmt"
	"sort"

	v1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/kubernetes/pkg/proxy"
)

func init() { register("categorize", categorize) }

type categorizeInput struct {
	Service serviceRecord `json:"service"`
	// Family of the kube-proxy that is asked; one runs for each.
	Family    v1.IPFamily      `json:"family"`
	Node      nodeRecord       `json:"node"`
	Endpoints []endpointRecord `json:"endpoints"`
}

type categorizeOutput struct {
	Cluster      []string `json:"cluster"`
	Local        []string `json:"local"`
	AllReachable []string `json:"allReachable"`
	HasAny       bool     `json:"hasAny"`
	// LocalReady is what the health-check node port counts.
	LocalReady int `json:"localReady"`
}

const endpointPort = 8080

// categorize lets the change trackers of kube-proxy read the Service and its slices, and sorts the endpoints of its first
// port as the node would.
func categorize(input categorizeInput) (*categorizeOutput, error) {
	clusterIP, kind := "10.96.0.10", discovery.AddressTypeIPv4
	if input.Family == v1.IPv6Protocol {
		clusterIP, kind = "fd00:96::10", discovery.AddressTypeIPv6
	}
	services := proxy.NewServiceChangeTracker(input.Family, nil, nil)
	services.Update(nil, input.Service.service(clusterIP))
	ports := proxy.ServicePortMap{}
	ports.Update(services)

	port := input.Service.Ports[0]
	name := proxy.ServicePortName{
		NamespacedName: types.NamespacedName{Namespace: namespace, Name: serviceName}, Port: port.Name, Protocol: port.Protocol,
	}
	info, ok := ports[name]
	if !ok {
		return nil, fmt.Errorf("kube-proxy skips the service port %v", name)
	}
	changes := proxy.NewEndpointsChangeTracker(input.Family, input.Node.Name, nil, nil)
	changes.EndpointSliceUpdate(slice("web-1", kind, port, endpointPort, input.Endpoints), false)
	endpoints := proxy.EndpointsMap{}
	endpoints.Update(changes)

	cluster, local, all, hasAny := proxy.CategorizeEndpoints(endpoints[name], info, input.Node.Name, input.Node.Labels)
	return &categorizeOutput{
		Cluster: addresses(cluster), Local: addresses(local), AllReachable: addresses(all), HasAny: hasAny,
		LocalReady: endpoints.LocalReadyEndpoints()[name.NamespacedName],
	}, nil
}

func addresses(endpoints []proxy.Endpoint) []string {
	found := make([]string, 0, len(endpoints))
	for _, endpoint := range endpoints {
		found = append(found, endpoint.IP())
	}
	sort.Strings(found)
	return found
}
