package main

import (
	"fmt"
	"slices"
	"strings"
)

// nftRules is the state of kube-proxy's table: its chains, and its sets and maps.
type nftRules struct {
	chains     map[string][]string
	containers map[string]map[string]string
	// notes are the names of chains and the comments that were written since the last request.
	notes []string
}

func newNFTRules() *nftRules {
	return &nftRules{chains: map[string][]string{}, containers: map[string]map[string]string{}}
}

func (r *nftRules) mentions(service string) bool {
	return slices.ContainsFunc(r.notes, func(note string) bool { return strings.Contains(note, service) })
}

// apply carries out one line of a transaction: `add rule ip kube-proxy CHAIN …`, `delete element ip kube-proxy SET { … }`.
func (r *nftRules) apply(line string) error {
	fields := strings.SplitN(line, " ", 6)
	if len(fields) < 4 {
		return fmt.Errorf("nftables: cannot read %q", line)
	}
	verb, object, rest := fields[0], fields[1], ""
	// Counters change no packet.
	if object == "table" || object == "counter" {
		return nil
	}
	name := fields[4]
	if len(fields) == 6 {
		rest = fields[5]
	}
	switch verb + " " + object {
	case "add chain":
		r.chains[name] = r.chains[name]
		r.notes = append(r.notes, name)
	case "flush chain":
		r.chains[name] = nil
	case "delete chain", "destroy chain":
		delete(r.chains, name)
	case "add rule":
		rule, _, _ := strings.Cut(rest, ` comment "`)
		r.chains[name] = append(r.chains[name], rule)
	case "add set", "add map":
		if r.containers[name] == nil {
			r.containers[name] = map[string]string{}
		}
	case "flush set", "flush map":
		r.containers[name] = map[string]string{}
	case "delete set", "delete map", "destroy set", "destroy map":
		delete(r.containers, name)
	case "add element":
		element, value, _ := strings.Cut(inBraces(rest), " : ")
		key, comment, _ := strings.Cut(element, ` comment "`)
		r.containers[name][key] = value
		r.notes = append(r.notes, comment)
	case "delete element", "destroy element":
		delete(r.containers[name], inBraces(rest))
	default:
		return fmt.Errorf("nftables: cannot read %q", line)
	}
	return nil
}

func inBraces(text string) string {
	return strings.TrimSuffix(strings.TrimPrefix(text, "{ "), " }")
}
