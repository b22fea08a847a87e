package main

import (
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/endpointslice/trafficdist"
)

func init() { register("hints", hints) }

type hintsInput struct {
	TrafficDistribution *string `json:"trafficDistribution"`
	// Endpoints by what the controller is about to do with their slice: it treats slices it would not touch apart.
	Create    []endpointRecord `json:"create"`
	Update    []endpointRecord `json:"update"`
	Unchanged []endpointRecord `json:"unchanged"`
}

type hintsOutput struct {
	Create    []*hintsRecord `json:"create"`
	Update    []*hintsRecord `json:"update"`
	Unchanged []*hintsRecord `json:"unchanged"`
}

func hints(input hintsInput) (*hintsOutput, error) {
	made := func(name string, records []endpointRecord) []*discovery.EndpointSlice {
		return []*discovery.EndpointSlice{slice(name, discovery.AddressTypeIPv4, portRecord{}, endpointPort, records)}
	}
	create, update, unchanged := trafficdist.ReconcileHints(
		input.TrafficDistribution, made("create", input.Create), made("update", input.Update), made("unchanged", input.Unchanged))
	// A slice that needed other hints has moved from unchanged to update.
	byName := map[string][]*hintsRecord{}
	for _, list := range [][]*discovery.EndpointSlice{create, update, unchanged} {
		for _, s := range list {
			byName[s.Name] = hintsOf(s.Endpoints)
		}
	}
	return &hintsOutput{Create: byName["create"], Update: byName["update"], Unchanged: byName["unchanged"]}, nil
}
