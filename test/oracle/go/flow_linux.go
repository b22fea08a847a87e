package main

import (
	"fmt"
	"net/netip"
	"time"

	v1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/kubernetes/pkg/proxy"
	proxyutil "k8s.io/kubernetes/pkg/proxy/util"
)

func init() { register("flow", flow) }

type flowInput struct {
	Flow struct {
		Service   serviceRecord    `json:"service"`
		Endpoints []endpointRecord `json:"endpoints"`
	} `json:"flow"`
	Proxy  proxyRecord  `json:"proxy"`
	Packet packetRecord `json:"packet"`
}

// proxyRecord is a kube-proxy: one runs for each record that differs, for as long as the oracle does.
type proxyRecord struct {
	Mode               string `json:"mode"`
	Node               string `json:"node"`
	Address            string `json:"address"`
	Zone               string `json:"zone"`
	Detector           string `json:"detector"`
	DetectorArgument   string `json:"detectorArgument"`
	MasqueradeAll      bool   `json:"masqueradeAll"`
	LocalhostNodePorts bool   `json:"localhostNodePorts"`
}

// packetRecord is the first packet of a connection. Interface is empty for a packet that the node itself sends.
type packetRecord struct {
	Source      string `json:"source"`
	Interface   string `json:"interface"`
	Destination string `json:"destination"`
	Port        int    `json:"port"`
}

type flowOutput struct {
	// deliver, drop, reject, or leaves: the rules leave the packet as it is and its address is not the node's own.
	Verdict string         `json:"verdict"`
	To      []flowEndpoint `json:"to,omitempty"`
}

type flowEndpoint struct {
	Endpoint    string `json:"endpoint"`
	Masqueraded bool   `json:"masqueraded"`
}

const (
	masqueradeBit = 14
	// patience is how long kube-proxy may take to write its rules.
	patience = 10 * time.Second
)

// flow lets kube-proxy write its rules for the Service to where they do no harm, and follows the packet through them.
func flow(input flowInput) (*flowOutput, error) {
	source, err := netip.ParseAddr(input.Packet.Source)
	if err != nil {
		return nil, err
	}
	destination, err := netip.ParseAddr(input.Packet.Destination)
	if err != nil {
		return nil, err
	}
	node, err := netip.ParseAddr(input.Proxy.Address)
	if err != nil {
		return nil, err
	}
	rules, err := rulesFor(input)
	if err != nil {
		return nil, err
	}
	t := &tracer{rules: rules, node: node}
	return t.follow(packet{source: source, destination: destination, port: input.Packet.Port, iface: input.Packet.Interface})
}

// writtenRules is where a kube-proxy writes to.
type writtenRules interface {
	// await returns the rules once those of a Service are among them.
	await(service string) (ruleset, error)
}

type runningProxy struct {
	proxy.Provider
	written writtenRules
	// What it was given last, to be taken away before the next.
	service, sentinel *v1.Service
	slice             *discovery.EndpointSlice
}

var (
	proxies  = map[proxyRecord]*runningProxy{}
	sequence int
)

func rulesFor(input flowInput) (ruleset, error) {
	p, ok := proxies[input.Proxy]
	if !ok {
		var err error
		if p, err = startProxy(input.Proxy); err != nil {
			return nil, err
		}
		proxies[input.Proxy] = p
	}
	if p.service != nil {
		p.OnServiceDelete(p.sentinel)
		p.OnServiceDelete(p.service)
		p.OnEndpointSliceDelete(p.slice)
	}
	p.slice = slice("web-1", discovery.AddressTypeIPv4, input.Flow.Service.Ports[0], endpointPort, input.Flow.Endpoints)
	p.service = input.Flow.Service.service("10.96.0.10")
	p.sentinel = sentinel()
	p.OnEndpointSliceAdd(p.slice)
	p.OnServiceAdd(p.service)
	p.OnServiceAdd(p.sentinel)
	return p.written.await(p.sentinel.Name)
}

// sentinel is a Service of a name and address that were not there before. It is added last, so that rules with its name are
// rules with everything else.
func sentinel() *v1.Service {
	sequence++
	service := serviceRecord{
		Type:  v1.ServiceTypeClusterIP,
		Ports: []portRecord{{Name: "http", Protocol: v1.ProtocolTCP, Port: 80}},
	}.service(fmt.Sprintf("10.97.%d.%d", sequence/256%256, sequence%256))
	service.Name = fmt.Sprintf("sentinel-%d-", sequence)
	return service
}

func startProxy(record proxyRecord) (*runningProxy, error) {
	detector, err := localDetector(record)
	if err != nil {
		return nil, err
	}
	p := &runningProxy{}
	switch record.Mode {
	case "iptables":
		p.Provider, p.written, err = newIPTablesProxy(record, detector)
	case "nftables":
		p.Provider, p.written, err = newNFTablesProxy(record, detector)
	default:
		err = fmt.Errorf("proxy.mode: unknown %q", record.Mode)
	}
	if err != nil {
		return nil, err
	}
	if record.Zone != "" {
		p.OnTopologyChange(map[string]string{v1.LabelTopologyZone: record.Zone})
	}
	p.OnServiceSynced()
	p.OnEndpointSlicesSynced()
	go p.SyncLoop()
	return p, nil
}

func localDetector(record proxyRecord) (proxyutil.LocalTrafficDetector, error) {
	switch record.Detector {
	case "cidr":
		return proxyutil.NewDetectLocalByCIDR(record.DetectorArgument), nil
	case "bridgeInterface":
		return proxyutil.NewDetectLocalByBridgeInterface(record.DetectorArgument), nil
	case "interfaceNamePrefix":
		return proxyutil.NewDetectLocalByInterfaceNamePrefix(record.DetectorArgument), nil
	case "none":
		return proxyutil.NewNoOpLocalDetector(), nil
	}
	return nil, fmt.Errorf("proxy.detector: unknown %q", record.Detector)
}
