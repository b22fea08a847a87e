package main

import (
	"net/netip"
	"strconv"
	"strings"
)

// match reads one condition of a rule and says whether it holds; with a verdict map, which verdict the packet is given.
func (s *nftStatement) match() (holds bool, verdict string, err error) {
	if s.skip("fib", "daddr", "type", "local") {
		destination, _ := s.packet.to()
		return s.tracer.isLocal(destination), "", nil
	}
	if s.skip("fib", "saddr", "type", "local") {
		return s.tracer.isLocal(s.packet.source), "", nil
	}
	key, err := s.key()
	if err != nil {
		return false, "", err
	}
	if s.skip("vmap") {
		container := s.rules.containers[strings.TrimPrefix(s.words[0], "@")]
		s.words = s.words[1:]
		verdict, ok := container[key]
		return ok, verdict, nil
	}
	negated := s.skip("!=")
	found, err := s.among(key)
	return found != negated, "", err
}

// key reads what a condition is about: `ip daddr . meta l4proto . th dport`.
func (s *nftStatement) key() (string, error) {
	var parts []string
	for {
		destination, port := s.packet.to()
		switch {
		case s.skip("ip", "saddr"):
			parts = append(parts, s.packet.source.String())
		case s.skip("ip", "daddr"):
			parts = append(parts, destination.String())
		case s.skip("meta", "l4proto"):
			parts = append(parts, "tcp")
		case s.skip("th", "dport"):
			parts = append(parts, strconv.Itoa(port))
		case s.skip("iifname"):
			parts = append(parts, s.packet.iface)
		default:
			return "", s.unread()
		}
		if !s.skip(".") {
			return strings.Join(parts, " . "), nil
		}
	}
}

// among reads a value, a set in braces or the name of one, and says whether the key is in it.
func (s *nftStatement) among(key string) (bool, error) {
	word := s.words[0]
	s.words = s.words[1:]
	if name, ok := strings.CutPrefix(word, "@"); ok {
		_, in := s.rules.containers[name][key]
		return in, nil
	}
	if word != "{" {
		return isOne(key, word)
	}
	for {
		word := s.words[0]
		s.words = s.words[1:]
		switch word {
		case "}":
			return false, nil
		case ",":
			continue
		}
		in, err := isOne(key, word)
		if err != nil {
			return false, err
		}
		if in {
			for !s.skip("}") {
				s.words = s.words[1:]
			}
			return true, nil
		}
	}
}

// isOne compares with an address or range, an interface, or a plain word.
func isOne(key, want string) (bool, error) {
	if prefix, ok := strings.CutSuffix(want, "*"); ok {
		return key != "" && strings.HasPrefix(key, prefix), nil
	}
	if address, err := netip.ParseAddr(key); err == nil {
		return within(want, address)
	}
	return key == want, nil
}
