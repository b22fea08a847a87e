package main

import (
	"fmt"
	"net/netip"
	"sort"
	"strings"
)

// ruleset is what a kube-proxy wrote, by the hooks of netfilter that a packet passes.
type ruleset interface {
	// hook gives the ways that a packet may go through the rules of a hook; rules that match at random make several. The
	// verdict of a way is empty where the rules let the packet go on.
	hook(t *tracer, name hook, p packet) ([]path, error)
}

type hook string

const (
	// Before the destination is translated, where it is, and after.
	preroutingHook  hook = "prerouting"
	outputHook      hook = "output"
	filterInput     hook = "filter input"
	filterForward   hook = "filter forward"
	filterOutput    hook = "filter output"
	postroutingHook hook = "postrouting"
)

// Verdicts of a way through rules.
const (
	dropped     = "drop"
	rejected    = "reject"
	accepted    = "accept"
	translated  = "dnat"
	masqueraded = "masquerade"
)

type packet struct {
	source, destination netip.Addr
	port                int
	// Interface that it came in by; empty for a packet that the node sends.
	iface string
	mark  uint64
	// Endpoint that the destination was translated to; not valid before.
	endpoint netip.AddrPort
}

// to is where the packet goes by now.
func (p packet) to() (netip.Addr, int) {
	if p.endpoint.IsValid() {
		return p.endpoint.Addr(), int(p.endpoint.Port())
	}
	return p.destination, p.port
}

type path struct {
	packet
	verdict string
}

// tracer follows the first packet of a connection through rules, as netfilter would.
type tracer struct {
	rules ruleset
	node  netip.Addr
}

func (t *tracer) isLocal(address netip.Addr) bool {
	return address == t.node || address.IsLoopback()
}

func (t *tracer) follow(p packet) (*flowOutput, error) {
	first := preroutingHook
	if p.iface == "" {
		first = outputHook
	}
	ways, err := t.rules.hook(t, first, p)
	if err != nil {
		return nil, err
	}
	output := &flowOutput{}
	for _, way := range ways {
		verdict, err := t.filter(way)
		if err != nil {
			return nil, err
		}
		if verdict == "deliver" {
			masqueraded, err := t.masquerades(way.packet)
			if err != nil {
				return nil, err
			}
			output.To = append(output.To, flowEndpoint{Endpoint: way.endpoint.Addr().String(), Masqueraded: masqueraded})
		}
		if output.Verdict != "" && output.Verdict != verdict {
			return nil, fmt.Errorf("the same packet meets %s and %s", output.Verdict, verdict)
		}
		output.Verdict = verdict
	}
	sort.Slice(output.To, func(i, j int) bool { return strings.Compare(output.To[i].Endpoint, output.To[j].Endpoint) < 0 })
	return output, nil
}

// filter says what becomes of a packet after translation.
func (t *tracer) filter(way path) (string, error) {
	if way.verdict == dropped || way.verdict == rejected {
		return way.verdict, nil
	}
	destination, _ := way.to()
	local := t.isLocal(destination)
	var hooks []hook
	switch {
	case way.iface == "" && local:
		hooks = []hook{filterOutput, filterInput}
	case way.iface == "":
		hooks = []hook{filterOutput}
	case local:
		hooks = []hook{filterInput}
	default:
		hooks = []hook{filterForward}
	}
	for _, name := range hooks {
		ways, err := t.rules.hook(t, name, way.packet)
		if err != nil {
			return "", err
		}
		for _, filtered := range ways {
			if filtered.verdict == dropped || filtered.verdict == rejected {
				return filtered.verdict, nil
			}
		}
	}
	switch {
	case way.endpoint.IsValid():
		return "deliver", nil
	case local:
		// Nobody listens on the port: the node itself refuses.
		return rejected, nil
	}
	return "leaves", nil
}

func (t *tracer) masquerades(p packet) (bool, error) {
	ways, err := t.rules.hook(t, postroutingHook, p)
	if err != nil {
		return false, err
	}
	if len(ways) != 1 {
		return false, fmt.Errorf("postrouting: %d ways", len(ways))
	}
	return ways[0].verdict == masqueraded, nil
}

// within says whether an address is, or lies in, what a rule names.
func within(prefix string, address netip.Addr) (bool, error) {
	if !strings.Contains(prefix, "/") {
		want, err := netip.ParseAddr(prefix)
		return want == address, err
	}
	want, err := netip.ParsePrefix(prefix)
	return err == nil && want.Contains(address), err
}
