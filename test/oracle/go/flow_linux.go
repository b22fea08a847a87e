package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/netip"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sys/unix"
	v1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/kubernetes/pkg/proxy/iptables"
	proxyutil "k8s.io/kubernetes/pkg/proxy/util"
	utiliptables "k8s.io/kubernetes/pkg/util/iptables"
	iptablestest "k8s.io/kubernetes/pkg/util/iptables/testing"
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

// flow lets kube-proxy write its rules for the Service into iptables that exist in memory only, and follows the packet through
// them.
func flow(input flowInput) (*flowOutput, error) {
	rules, err := writtenRules(input)
	if err != nil {
		return nil, err
	}
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
	t := &tracer{rules: rules, node: node}
	return t.follow(packet{source: source, destination: destination, port: input.Packet.Port, iface: input.Packet.Interface})
}

// runningProxy is a kube-proxy whose rules can be waited for.
type runningProxy struct {
	*iptables.Proxier
	memory *memoryIPTables
	// What it was given last, to be taken away before the next.
	service *v1.Service
	slice   *discovery.EndpointSlice
}

var (
	proxies  = map[proxyRecord]*runningProxy{}
	sequence int
)

func writtenRules(input flowInput) (*iptablestest.IPTablesDump, error) {
	p, ok := proxies[input.Proxy]
	if !ok {
		var err error
		if p, err = startProxy(input.Proxy); err != nil {
			return nil, err
		}
		proxies[input.Proxy] = p
	}
	if p.service != nil {
		p.OnServiceDelete(p.service)
		p.OnEndpointSliceDelete(p.slice)
	}
	// Every request has a Service name of its own, which stands in the comment of its rules: that is how they are told from
	// those of an earlier sync. The endpoints come first, so that rules with the name are rules with the endpoints.
	sequence++
	name := fmt.Sprintf("%s-%d-", serviceName, sequence)
	port := input.Flow.Service.Ports[0]
	p.slice = slice(name+"1", discovery.AddressTypeIPv4, port, endpointPort, input.Flow.Endpoints)
	p.slice.Labels[discovery.LabelServiceName] = name
	p.service = input.Flow.Service.service("10.96.0.10")
	p.service.Name = name
	p.OnEndpointSliceAdd(p.slice)
	p.OnServiceAdd(p.service)
	return p.memory.await(name)
}

func startProxy(record proxyRecord) (*runningProxy, error) {
	detector, err := localDetector(record)
	if err != nil {
		return nil, err
	}
	memory := &memoryIPTables{FakeIPTables: iptablestest.NewFake(), written: make(chan struct{}, 1)}
	p := &runningProxy{memory: memory}
	done := make(chan struct{})
	go func() {
		defer close(done)
		// The thread is never unlocked, so it ends with the goroutine: only while kube-proxy looks for packet counters in the
		// kernel does it lack the right to make them.
		runtime.LockOSThread()
		dropNetAdmin()
		p.Proxier, err = iptables.NewProxier(context.Background(), v1.IPv4Protocol, memory, inertSysctl{}, 30*time.Second, 0,
			record.MasqueradeAll, record.LocalhostNodePorts, 14, detector, record.Node, net.ParseIP(record.Address),
			nil, nil, nil, false)
	}()
	<-done
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

// memoryIPTables keeps rules in memory and tells when they were written.
type memoryIPTables struct {
	*iptablestest.FakeIPTables
	lock    sync.Mutex
	written chan struct{}
}

func (m *memoryIPTables) RestoreAll(data []byte, flush utiliptables.FlushFlag, counters utiliptables.RestoreCountersFlag) error {
	m.lock.Lock()
	err := m.FakeIPTables.RestoreAll(data, flush, counters)
	m.lock.Unlock()
	select {
	case m.written <- struct{}{}:
	default:
	}
	return err
}

// await returns the rules once a Service of the name is in them.
func (m *memoryIPTables) await(name string) (*iptablestest.IPTablesDump, error) {
	timeout := time.After(10 * time.Second)
	for {
		if dump := m.saved(); bytes.Contains(dump, []byte(name)) {
			return iptablestest.ParseIPTablesDump(string(dump))
		}
		select {
		case <-m.written:
		case <-timeout:
			return nil, fmt.Errorf("kube-proxy wrote no rules for %s", name)
		}
	}
}

func (m *memoryIPTables) saved() []byte {
	m.lock.Lock()
	defer m.lock.Unlock()
	var all bytes.Buffer
	for _, table := range []utiliptables.Table{utiliptables.TableFilter, utiliptables.TableNAT} {
		if err := m.FakeIPTables.SaveInto(table, &all); err != nil {
			panic(err)
		}
	}
	return all.Bytes()
}

// inertSysctl stands before the kernel's settings and leaves them alone.
type inertSysctl struct{}

func (inertSysctl) GetSysctl(string) (int, error) { return 1, nil }
func (inertSysctl) SetSysctl(string, int) error   { return nil }

func dropNetAdmin() {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		return
	}
	for _, set := range []*uint32{&data[0].Effective, &data[0].Permitted, &data[0].Inheritable} {
		*set &^= 1 << unix.CAP_NET_ADMIN
	}
	// Whoever may not give it away does not have it.
	_ = unix.Capset(&header, &data[0])
}
