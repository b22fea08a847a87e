package main

import (
	"context"
	"slices"
	"strings"
	"time"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/endpointslice"
	"k8s.io/endpointslice/topologycache"
	endpointsliceutil "k8s.io/endpointslice/util"
	"k8s.io/klog/v2"
)

func init() { register("endpoints", endpoints) }

type endpointsInput struct {
	Service serviceRecord      `json:"service"`
	Pods    []endpointPodInput `json:"pods"`
	Nodes   []nodeRecord       `json:"nodes"`
}

type endpointPodInput struct {
	Name        string      `json:"name"`
	Phase       v1.PodPhase `json:"phase"`
	Ready       bool        `json:"ready"`
	Terminating bool        `json:"terminating"`
	PodIPs      []string    `json:"podIPs"`
	Spec        struct {
		NodeName string `json:"nodeName"`
	} `json:"spec"`
}

type endpointsOutput struct {
	Endpoints []madeEndpoint `json:"endpoints"`
	// Off is the message of the event that tells why topology-mode Auto gives no hints, without its address type.
	Off string `json:"off,omitempty"`
}

type madeEndpoint struct {
	Pod         string       `json:"pod"`
	Addresses   []string     `json:"addresses"`
	NodeName    string       `json:"nodeName"`
	Zone        string       `json:"zone"`
	Ready       bool         `json:"ready"`
	Serving     bool         `json:"serving"`
	Terminating bool         `json:"terminating"`
	Hints       *hintsRecord `json:"hints"`
}

// endpoints lets the reconciler of the EndpointSlice controller make slices from nothing for an IPv4 Service.
func endpoints(input endpointsInput) (*endpointsOutput, error) {
	ctx := context.Background()
	logger := klog.Background()
	indexer := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{})
	var nodes []*v1.Node
	for _, record := range input.Nodes {
		node := record.node()
		nodes = append(nodes, node)
		if err := indexer.Add(node); err != nil {
			return nil, err
		}
	}
	topology := topologycache.NewTopologyCache()
	topology.SetNodes(logger, nodes)
	var pods []*v1.Pod
	for _, pod := range input.Pods {
		pods = append(pods, pod.pod())
	}
	client := fake.NewSimpleClientset()
	recorder := record.NewFakeRecorder(100)
	reconciler := endpointslice.NewReconciler(client, corelisters.NewNodeLister(indexer), 1000,
		endpointsliceutil.NewEndpointSliceTracker(), topology, recorder, "oracle", endpointslice.WithPreferSameTrafficDistributionEnabled(true))
	service := input.Service.service("10.96.0.10")
	service.Spec.IPFamilies = []v1.IPFamily{v1.IPv4Protocol}
	// The error tells of pods whose node is not there; the slices are made all the same.
	_ = reconciler.Reconcile(logger, service, pods, nil, time.Time{})

	made, err := client.DiscoveryV1().EndpointSlices(namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return nil, err
	}
	output := &endpointsOutput{Endpoints: []madeEndpoint{}}
	for _, slice := range made.Items {
		hints := hintsOf(slice.Endpoints)
		for i, endpoint := range slice.Endpoints {
			output.Endpoints = append(output.Endpoints, madeEndpoint{
				Pod: endpoint.TargetRef.Name, Addresses: endpoint.Addresses, NodeName: orEmpty(endpoint.NodeName), Zone: orEmpty(endpoint.Zone),
				Ready: *endpoint.Conditions.Ready, Serving: *endpoint.Conditions.Serving, Terminating: *endpoint.Conditions.Terminating,
				Hints: hints[i],
			})
		}
	}
	slices.SortFunc(output.Endpoints, func(a, b madeEndpoint) int { return strings.Compare(a.Pod, b.Pod) })
	output.Off = disabledBy(recorder)
	return output, nil
}

func disabledBy(recorder *record.FakeRecorder) string {
	for {
		select {
		case event := <-recorder.Events:
			if message, ok := strings.CutPrefix(event, "Warning TopologyAwareHintsDisabled "); ok {
				return strings.TrimSuffix(message, ", addressType: IPv4")
			}
		default:
			return ""
		}
	}
}

func (r endpointPodInput) pod() *v1.Pod {
	ready := v1.ConditionFalse
	if r.Ready {
		ready = v1.ConditionTrue
	}
	pod := &v1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: r.Name},
		Spec:       v1.PodSpec{NodeName: r.Spec.NodeName},
		Status: v1.PodStatus{
			Phase:      r.Phase,
			Conditions: []v1.PodCondition{{Type: v1.PodReady, Status: ready}},
		},
	}
	if r.Terminating {
		now := metav1.NewTime(time.Unix(0, 0))
		pod.DeletionTimestamp = &now
	}
	for i, ip := range r.PodIPs {
		if i == 0 {
			pod.Status.PodIP = ip
		}
		pod.Status.PodIPs = append(pod.Status.PodIPs, v1.PodIP{IP: ip})
	}
	return pod
}

func orEmpty(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
