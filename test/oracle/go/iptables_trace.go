package main

import (
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	utiliptables "k8s.io/kubernetes/pkg/util/iptables"
	iptablestest "k8s.io/kubernetes/pkg/util/iptables/testing"
)

type iptablesRules struct {
	*iptablestest.IPTablesDump
}

func (r iptablesRules) hook(t *tracer, name hook, p packet) ([]path, error) {
	switch name {
	case preroutingHook:
		return r.chain(t, utiliptables.TableNAT, utiliptables.ChainPrerouting, p)
	case outputHook:
		return r.chain(t, utiliptables.TableNAT, utiliptables.ChainOutput, p)
	case filterInput:
		return r.chain(t, utiliptables.TableFilter, utiliptables.ChainInput, p)
	case filterForward:
		return r.chain(t, utiliptables.TableFilter, utiliptables.ChainForward, p)
	case filterOutput:
		return r.chain(t, utiliptables.TableFilter, utiliptables.ChainOutput, p)
	default:
		return r.chain(t, utiliptables.TableNAT, utiliptables.ChainPostrouting, p)
	}
}

func (r iptablesRules) chain(t *tracer, table utiliptables.Table, name utiliptables.Chain, p packet) ([]path, error) {
	chain, err := r.GetChain(table, name)
	if err != nil {
		return nil, err
	}
	var ended []path
	running := []packet{p}
	for _, rule := range chain.Rules {
		var next []packet
		for _, p := range running {
			matches, err := r.matches(t, rule, p)
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
			went, err := r.jump(t, table, rule, p)
			if err != nil {
				return nil, err
			}
			for _, way := range went {
				switch way.verdict {
				case "":
					next = append(next, way.packet)
				case "return":
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

func (r iptablesRules) jump(t *tracer, table utiliptables.Table, rule *iptablestest.Rule, p packet) ([]path, error) {
	switch target := rule.Jump.Value; target {
	case "ACCEPT", "DROP", "REJECT", "MASQUERADE", "RETURN":
		return []path{{packet: p, verdict: strings.ToLower(target)}}, nil
	case "DNAT":
		endpoint, err := netip.ParseAddrPort(rule.DNATDestination.Value)
		p.endpoint = endpoint
		return []path{{packet: p, verdict: translated}}, err
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
		return r.chain(t, table, utiliptables.Chain(target), p)
	}
}

// matches says whether a rule is for the packet; a random choice counts as taken.
func (r iptablesRules) matches(t *tracer, rule *iptablestest.Rule, p packet) (bool, error) {
	destination, port := p.to()
	for _, test := range []struct {
		value   *iptablestest.IPTablesValue
		holding func(string) (bool, error)
	}{
		{rule.Protocol, func(want string) (bool, error) { return want == "tcp", nil }},
		{rule.SourceAddress, func(want string) (bool, error) { return within(want, p.source) }},
		{rule.DestinationAddress, func(want string) (bool, error) { return within(want, destination) }},
		{rule.DestinationPort, func(want string) (bool, error) { return want == strconv.Itoa(port), nil }},
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

// inState: the packet opens a connection; once translated it is in state DNAT besides.
func inState(states string, p packet) bool {
	for _, state := range strings.Split(states, ",") {
		if state == "NEW" || (state == "DNAT" && p.endpoint.IsValid()) {
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
