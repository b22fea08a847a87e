package main

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// Chains that hang on the hooks of netfilter, in the order of their priority. Source: pkg/proxy/nftables nftablesBaseChains.
var nftHooks = map[hook][]string{
	preroutingHook:  {"filter-prerouting-pre-dnat", "nat-prerouting"},
	outputHook:      {"filter-output-pre-dnat", "nat-output"},
	filterInput:     {"filter-input"},
	filterForward:   {"filter-forward"},
	filterOutput:    {"filter-output"},
	postroutingHook: {"nat-postrouting"},
}

func (r *nftRules) hook(t *tracer, name hook, p packet) ([]path, error) {
	ways := []path{{packet: p}}
	for _, chain := range nftHooks[name] {
		var next []path
		for _, way := range ways {
			if way.verdict != "" {
				next = append(next, way)
				continue
			}
			went, err := r.chain(t, chain, way.packet)
			if err != nil {
				return nil, err
			}
			next = append(next, went...)
		}
		ways = next
	}
	return ways, nil
}

func (r *nftRules) chain(t *tracer, name string, p packet) ([]path, error) {
	rules, ok := r.chains[name]
	if !ok {
		return nil, fmt.Errorf("nftables: no chain %s", name)
	}
	var ended []path
	running := []packet{p}
	for _, rule := range rules {
		var next []packet
		for _, p := range running {
			s := &nftStatement{rules: r, tracer: t, packet: p, words: strings.Fields(rule)}
			went, gone, err := s.run()
			if err != nil {
				return nil, fmt.Errorf("%q: %w", rule, err)
			}
			for _, way := range went {
				if way.verdict == "" && !gone {
					next = append(next, way.packet)
				} else {
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

// nftStatement is one rule on its way through a packet.
type nftStatement struct {
	rules  *nftRules
	tracer *tracer
	packet packet
	words  []string
}

// run gives the ways out of the rule. Gone: the packet left the chain for another, and does not come back to it.
func (s *nftStatement) run() (ways []path, gone bool, err error) {
	for len(s.words) > 0 {
		switch {
		case s.skip("ct", "state", "new"):
			// Every packet here opens a connection.
		case s.skip("masquerade", "fully-random"):
			return s.end(masqueraded), false, nil
		case s.skip("ct", "status", "dnat"):
			if !s.packet.endpoint.IsValid() {
				return s.on(), false, nil
			}
		case s.skip("reject"):
			return s.end(rejected), false, nil
		case s.skip("drop"):
			return s.end(dropped), false, nil
		case s.skip("mark", "and"):
			bits, err := s.number()
			if err != nil {
				return nil, false, err
			}
			if !s.skip("!=", "0") {
				return nil, false, s.unread()
			}
			if s.packet.mark&bits == 0 {
				return s.on(), false, nil
			}
		case s.skip("mark", "set", "mark", "or"):
			bits, err := s.number()
			if err != nil {
				return nil, false, err
			}
			s.packet.mark |= bits
		case s.skip("mark", "set", "mark", "xor"):
			bits, err := s.number()
			if err != nil {
				return nil, false, err
			}
			s.packet.mark ^= bits
		case s.skip("update"):
			// Remembers the source for its session affinity, which a first packet has none of.
			s.words = s.words[len(strings.Fields("@set { ip saddr }")):]
		case s.skip("jump"):
			ways, err := s.rules.chain(s.tracer, s.words[0], s.packet)
			return ways, false, err
		case s.skip("goto"):
			ways, err := s.rules.chain(s.tracer, s.words[0], s.packet)
			return ways, true, err
		case s.skip("numgen", "random", "mod"):
			ways, err := s.random()
			return ways, true, err
		case s.skip("dnat", "ip", "addr", ".", "port", "to", "numgen", "random", "mod"):
			ways, err := s.translations()
			return ways, false, err
		case s.skip("dnat", "to"):
			ways, err := s.translate(s.words[0])
			return ways, false, err
		default:
			holds, verdict, err := s.match()
			if err != nil || !holds {
				return s.on(), false, err
			}
			if verdict != "" {
				s.words = strings.Fields(verdict)
			}
		}
	}
	return s.on(), false, nil
}

func (s *nftStatement) on() []path { return []path{{packet: s.packet}} }

func (s *nftStatement) end(verdict string) []path {
	return []path{{packet: s.packet, verdict: verdict}}
}

// skip reads words, if they are the next.
func (s *nftStatement) skip(words ...string) bool {
	if len(s.words) < len(words) {
		return false
	}
	for i, word := range words {
		if s.words[i] != word {
			return false
		}
	}
	s.words = s.words[len(words):]
	return true
}

func (s *nftStatement) number() (uint64, error) {
	word := s.words[0]
	s.words = s.words[1:]
	return strconv.ParseUint(word, 0, 32)
}

func (s *nftStatement) unread() error {
	return fmt.Errorf("nftables: cannot follow %q", strings.Join(s.words, " "))
}

// random chooses among verdicts: `numgen random mod 2 vmap { 0 : goto … , 1 : goto … }`, after the count.
func (s *nftStatement) random() ([]path, error) {
	if len(s.words) < 2 || s.words[1] != "vmap" {
		return nil, s.unread()
	}
	var ways []path
	for _, choice := range elements(s.words[2:]) {
		chain, ok := strings.CutPrefix(choice, "goto ")
		if !ok {
			return nil, s.unread()
		}
		went, err := s.rules.chain(s.tracer, chain, s.packet)
		if err != nil {
			return nil, err
		}
		ways = append(ways, went...)
	}
	return ways, nil
}

// translations chooses among endpoints: `… map { 0 : 10.0.0.1 . 80 , 1 : 10.0.0.2 . 80 }`, after the count.
func (s *nftStatement) translations() ([]path, error) {
	if len(s.words) < 2 || s.words[1] != "map" {
		return nil, s.unread()
	}
	var ways []path
	for _, choice := range elements(s.words[2:]) {
		went, err := s.translate(strings.ReplaceAll(choice, " . ", ":"))
		if err != nil {
			return nil, err
		}
		ways = append(ways, went...)
	}
	return ways, nil
}

func (s *nftStatement) translate(endpoint string) ([]path, error) {
	p := s.packet
	var err error
	p.endpoint, err = netip.ParseAddrPort(endpoint)
	return []path{{packet: p, verdict: translated}}, err
}

// elements of `{ 0 : a , 1 : b }`, without their keys.
func elements(words []string) []string {
	var values []string
	for _, element := range strings.Split(inBraces(strings.Join(words, " ")), " , ") {
		_, value, _ := strings.Cut(element, " : ")
		values = append(values, value)
	}
	return values
}
