package main

import (
	"strings"

	v1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// The records of packages/core/src/model as they arrive, and the API objects that they stand for.

type serviceRecord struct {
	Type                     v1.ServiceType           `json:"type"`
	Ports                    []portRecord             `json:"ports"`
	ExternalTrafficPolicy    string                   `json:"externalTrafficPolicy"`
	InternalTrafficPolicy    string                   `json:"internalTrafficPolicy"`
	HealthCheckNodePort      int32                    `json:"healthCheckNodePort"`
	LoadBalancerSourceRanges []string                 `json:"loadBalancerSourceRanges"`
	SessionAffinity          v1.ServiceAffinity       `json:"sessionAffinity"`
	ExternalIPs              []string                 `json:"externalIPs"`
	Ingress                  []v1.LoadBalancerIngress `json:"ingress"`
	TrafficDistribution      *string                  `json:"trafficDistribution"`
	Annotations              map[string]string        `json:"annotations"`
	PublishNotReadyAddresses bool                     `json:"publishNotReadyAddresses"`
}

type portRecord struct {
	Name       string             `json:"name"`
	Protocol   v1.Protocol        `json:"protocol"`
	Port       int32              `json:"port"`
	TargetPort intstr.IntOrString `json:"targetPort"`
	NodePort   int32              `json:"nodePort"`
}

type endpointRecord struct {
	Addresses   []string `json:"addresses"`
	NodeName    *string  `json:"nodeName"`
	Zone        *string  `json:"zone"`
	Ready       *bool    `json:"ready"`
	Serving     *bool    `json:"serving"`
	Terminating *bool    `json:"terminating"`
	Hints       *struct {
		ForZones []string `json:"forZones"`
		ForNodes []string `json:"forNodes"`
	} `json:"hints"`
}

type nodeRecord struct {
	Name        string            `json:"name"`
	Labels      map[string]string `json:"labels"`
	Allocatable map[string]int64  `json:"allocatable"`
	Ready       *bool             `json:"ready"`
}

const (
	namespace   = "shop"
	serviceName = "web"
)

// service is the stored object; its cluster IP is of the family asked for.
func (r serviceRecord) service(clusterIP string) *v1.Service {
	service := &v1.Service{
		ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: serviceName, Annotations: r.Annotations},
		Spec: v1.ServiceSpec{
			Type:                     r.Type,
			ClusterIP:                clusterIP,
			ClusterIPs:               []string{clusterIP},
			ExternalIPs:              r.ExternalIPs,
			ExternalTrafficPolicy:    v1.ServiceExternalTrafficPolicy(r.ExternalTrafficPolicy),
			HealthCheckNodePort:      r.HealthCheckNodePort,
			LoadBalancerSourceRanges: r.LoadBalancerSourceRanges,
			SessionAffinity:          r.SessionAffinity,
			TrafficDistribution:      r.TrafficDistribution,
			PublishNotReadyAddresses: r.PublishNotReadyAddresses,
		},
		Status: v1.ServiceStatus{LoadBalancer: v1.LoadBalancerStatus{Ingress: r.Ingress}},
	}
	if r.InternalTrafficPolicy != "" {
		policy := v1.ServiceInternalTrafficPolicy(r.InternalTrafficPolicy)
		service.Spec.InternalTrafficPolicy = &policy
	}
	if r.SessionAffinity == v1.ServiceAffinityClientIP {
		seconds := int32(v1.DefaultClientIPServiceAffinitySeconds)
		service.Spec.SessionAffinityConfig = &v1.SessionAffinityConfig{ClientIP: &v1.ClientIPConfig{TimeoutSeconds: &seconds}}
	}
	for _, port := range r.Ports {
		service.Spec.Ports = append(service.Spec.Ports, v1.ServicePort{
			Name: port.Name, Protocol: port.Protocol, Port: port.Port, TargetPort: port.TargetPort, NodePort: port.NodePort,
		})
	}
	return service
}

func (r endpointRecord) endpoint() discovery.Endpoint {
	endpoint := discovery.Endpoint{
		Addresses:  r.Addresses,
		NodeName:   r.NodeName,
		Zone:       r.Zone,
		Conditions: discovery.EndpointConditions{Ready: r.Ready, Serving: r.Serving, Terminating: r.Terminating},
	}
	if r.Hints != nil {
		endpoint.Hints = &discovery.EndpointHints{}
		for _, zone := range r.Hints.ForZones {
			endpoint.Hints.ForZones = append(endpoint.Hints.ForZones, discovery.ForZone{Name: zone})
		}
		for _, node := range r.Hints.ForNodes {
			endpoint.Hints.ForNodes = append(endpoint.Hints.ForNodes, discovery.ForNode{Name: node})
		}
	}
	return endpoint
}

func addressType(address string) discovery.AddressType {
	if strings.Contains(address, ":") {
		return discovery.AddressTypeIPv6
	}
	return discovery.AddressTypeIPv4
}

// slice holds endpoints for the named port; its own name tells slices of one Service apart.
func slice(name string, kind discovery.AddressType, port portRecord, portNumber int32, records []endpointRecord) *discovery.EndpointSlice {
	s := &discovery.EndpointSlice{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: namespace, Name: name, Labels: map[string]string{discovery.LabelServiceName: serviceName},
		},
		AddressType: kind,
		Ports:       []discovery.EndpointPort{{Name: &port.Name, Port: &portNumber, Protocol: &port.Protocol}},
	}
	for _, record := range records {
		s.Endpoints = append(s.Endpoints, record.endpoint())
	}
	return s
}

// hintsOf says the hints of every endpoint, in the order of the slice; nil where there is none. A hints object with nothing in
// it means the same to kube-proxy as no object.
func hintsOf(endpoints []discovery.Endpoint) []*hintsRecord {
	all := make([]*hintsRecord, len(endpoints))
	for i, endpoint := range endpoints {
		if endpoint.Hints == nil || len(endpoint.Hints.ForZones)+len(endpoint.Hints.ForNodes) == 0 {
			continue
		}
		all[i] = &hintsRecord{ForZones: []string{}, ForNodes: []string{}}
		for _, zone := range endpoint.Hints.ForZones {
			all[i].ForZones = append(all[i].ForZones, zone.Name)
		}
		for _, node := range endpoint.Hints.ForNodes {
			all[i].ForNodes = append(all[i].ForNodes, node.Name)
		}
	}
	return all
}

type hintsRecord struct {
	ForZones []string `json:"forZones"`
	ForNodes []string `json:"forNodes"`
}

// node is ready unless the record says otherwise; CPU is in millicores.
func (r nodeRecord) node() *v1.Node {
	status := v1.ConditionTrue
	if r.Ready != nil && !*r.Ready {
		status = v1.ConditionFalse
	}
	node := &v1.Node{
		ObjectMeta: metav1.ObjectMeta{Name: r.Name, Labels: r.Labels},
		Status:     v1.NodeStatus{Conditions: []v1.NodeCondition{{Type: v1.NodeReady, Status: status}}},
	}
	if cpu, ok := r.Allocatable["cpu"]; ok {
		node.Status.Allocatable = v1.ResourceList{v1.ResourceCPU: *resource.NewMilliQuantity(cpu, resource.DecimalSI)}
	}
	return node
}
