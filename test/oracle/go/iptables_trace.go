package main

import (
	"fmt"
	"net/netip"
	"regexp"
	"sort"
	"strconv"
	"strings"

	utiliptables "k8s.io/kubernetes/pkg/util/iptables"
	iptablestest "k8s.io/kubernetes/pkg/util/iptables/testing"
)

// tracer follows the first packet of a connection through rules, as netfilter would.
type tracer struct {
	rules *iptablestest.IPTablesDump
	node  netip.Addr
}

type packet struct {
	source, destination netip.Addr
	port                int
	// Interface that it came in by; empty for a packet that the node sends.
	iface string
	mark  uint64
	// Endpoint that the destination was translated to.
	endpoint string
}

// path is one way through a chain; a rule that matches at random makes two of one.
type path struct {
	packet
	// Empty where the chain came to its end.
	verdict string
}

func (t *tracer) follow(p packet) (*flowOutput, error) {
	first := utiliptables.ChainPrerouting
	if p.iface == "" {
		first = utiliptables.ChainOutput
	}
	translated, err := t.chain(utiliptables.TableNAT, first, p)
	if err != nil {
		return nil, err
	}
	output := &flowOutput{}
	for _, way := range translated {
		verdict, err := t.filter(way.packet)
		if err != nil {
			return nil, err
		}
		if verdict == "deliver" {
			masqueraded, err := t.masquerades(way.packet)
			if err != nil {
				return nil, err
			}
			output.To = append(output.To, flowEndpoint{Endpoint: strings.Split(way.endpoint, ":")[0], Masqueraded: masqueraded})
		}
		if output.Verdict != "" && output.Verdict != verdict {
			return nil, fmt.Errorf("the same packet meets %s and %s", output.Verdict, verdict)
		}
		output.Verdict = verdict
	}
	sort.Slice(output.To, func(i, j int) bool { return output.To[i].Endpoint < output.To[j].Endpoint })
	return output, nil
}

// filter says what becomes of a packet after translation.
func (t *tracer) filter(p packet) (string, error) {
	local := p.endpoint == "" && t.isLocal(p.destination)
	chains := []utiliptables.Chain{}
	switch {
	case p.iface == "":
		chains = append(chains, utiliptables.ChainOutput)
		if local {
			chains = append(chains, utiliptables.ChainInput)
		}
	case local:
		chains = append(chains, utiliptables.ChainInput)
	default:
		chains = append(chains, utiliptables.ChainForward)
	}
	for _, chain := range chains {
		ways, err := t.chain(utiliptables.TableFilter, chain, p)
		if err != nil {
			return "", err
		}
		for _, way := range ways {
			switch way.verdict {
			case "DROP", "REJECT":
				return strings.ToLower(way.verdict), nil
			}
		}
	}
	switch {
	case p.endpoint != "":
		return "deliver", nil
	case local:
		// Nobody listens on the port: the node itself refuses.
		return "reject", nil
	}
	return "leaves", nil
}

func (t *tracer) masquerades(p packet) (bool, error) {
	ways, err := t.chain(utiliptables.TableNAT, utiliptables.ChainPostrouting, p)
	if err != nil || len(ways) != 1 {
		return false, fmt.Errorf("postrouting: %d ways, %v", len(ways), err)
	}
	return ways[0].verdict == "MASQUERADE", nil
}

func (t *tracer) chain(table utiliptables.Table, name utiliptables.Chain, p packet) ([]path, error) {
	chain, err := t.rules.GetChain(table, name)
	if err != nil {
		return nil, err
	}
	var ended []path
	running := []packet{p}
	for _, rule := range chain.Rules {
		var next []packet
		for _, p := range running {
			matches, err := t.matches(rule, p)
			if err != nil {
				return nil, err
			}
			if !matches || rule.Jump == nil {
				next = append(next, p)
				continue
			}
			if rule.Probability != nil {
				next = append(next, p)
			}
			went, err := t.jump(table, rule, p)
			if err != nil {
				return nil, err
			}
			for _, way := range went {
				switch way.verdict {
				case "":
					next = append(next, way.packet)
				case "RETURN":
					ended = append(ended, path{packet: way.packet})
				default:
					ended = append(ended, way)
				}
			}
		}
		running = next
	}
	for _, p := range running {
		ended = append(ended, path{packet: p})
	}
	return ended, nil
}

var (
	orMark     = regexp.MustCompile(`--or-mark (\S+)`)
	xorMark    = regexp.MustCompile(`--xor-mark (\S+)`)
	inputIface = regexp.MustCompile(`(! )?-i (\S+)`)
)

func (t *tracer) jump(table utiliptables.Table, rule *iptablestest.Rule, p packet) ([]path, error) {
	switch target := rule.Jump.Value; target {
	case "ACCEPT", "DROP", "REJECT", "RETURN", "MASQUERADE":
		return []path{{packet: p, verdict: target}}, nil
	case "DNAT":
		p.endpoint = rule.DNATDestination.Value
		return []path{{packet: p, verdict: target}}, nil
	case "MARK":
		if set := orMark.FindStringSubmatch(rule.Raw); set != nil {
			bits, err := strconv.ParseUint(set[1], 0, 32)
			p.mark |= bits
			return []path{{packet: p}}, err
		}
		if set := xorMark.FindStringSubmatch(rule.Raw); set != nil {
			bits, err := strconv.ParseUint(set[1], 0, 32)
			p.mark ^= bits
			return []path{{packet: p}}, err
		}
		return nil, fmt.Errorf("unknown mark in %q", rule.Raw)
	default:
		return t.chain(table, utiliptables.Chain(target), p)
	}
}

// matches says whether a rule is for the packet; a random choice counts as taken.
func (t *tracer) matches(rule *iptablestest.Rule, p packet) (bool, error) {
	destination, port := p.destination, strconv.Itoa(p.port)
	if p.endpoint != "" {
		translated, err := netip.ParseAddrPort(p.endpoint)
		if err != nil {
			return false, err
		}
		destination, port = translated.Addr(), strconv.Itoa(int(translated.Port()))
	}
	for _, test := range []struct {
		value   *iptablestest.IPTablesValue
		holding func(string) (bool, error)
	}{
		{rule.Protocol, func(want string) (bool, error) { return want == "tcp", nil }},
		{rule.SourceAddress, func(want string) (bool, error) { return within(want, p.source) }},
		{rule.DestinationAddress, func(want string) (bool, error) { return within(want, destination) }},
		{rule.DestinationPort, func(want string) (bool, error) { return want == port, nil }},
		{rule.SourceType, func(string) (bool, error) { return t.isLocal(p.source), nil }},
		{rule.DestinationType, func(string) (bool, error) { return t.isLocal(destination), nil }},
		{rule.CTStateCheck, func(want string) (bool, error) { return inState(want, p), nil }},
		{rule.MarkCheck, func(want string) (bool, error) { return marked(want, p.mark) }},
	} {
		if test.value == nil {
			continue
		}
		holds, err := test.holding(test.value.Value)
		if err != nil {
			return false, fmt.Errorf("%q: %w", rule.Raw, err)
		}
		if holds == test.value.Negated {
			return false, nil
		}
	}
	if rule.SourcePort != nil || rule.MatchSet != nil {
		return false, fmt.Errorf("no way to follow %q", rule.Raw)
	}
	if iface := inputIface.FindStringSubmatch(rule.Raw); iface != nil && namesInterface(iface[2], p.iface) == (iface[1] != "") {
		return false, nil
	}
	// A new client has no affinity yet.
	return rule.AffinityCheck == nil, nil
}

func (t *tracer) isLocal(address netip.Addr) bool {
	return address == t.node || address.IsLoopback()
}

func within(prefix string, address netip.Addr) (bool, error) {
	if !strings.Contains(prefix, "/") {
		want, err := netip.ParseAddr(prefix)
		return want == address, err
	}
	want, err := netip.ParsePrefix(prefix)
	return err == nil && want.Contains(address), err
}

// inState: the packet opens a connection; once translated it is in state DNAT besides.
func inState(states string, p packet) bool {
	for _, state := range strings.Split(states, ",") {
		if state == "NEW" || (state == "DNAT" && p.endpoint != "") {
			return true
		}
	}
	return false
}

func marked(want string, mark uint64) (bool, error) {
	value, mask, _ := strings.Cut(want, "/")
	bits, err := strconv.ParseUint(value, 0, 32)
	if err != nil {
		return false, err
	}
	among, err := strconv.ParseUint(mask, 0, 32)
	return mark&among == bits, err
}

func namesInterface(want, iface string) bool {
	if prefix, ok := strings.CutSuffix(want, "+"); ok {
		return iface != "" && strings.HasPrefix(iface, prefix)
	}
	return iface == want
}
