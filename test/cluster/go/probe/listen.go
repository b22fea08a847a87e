package main

import (
	"fmt"
	"net"
	"time"
)

// listenSpec asks for a server on every address of the namespace.
type listenSpec struct {
	Port int    `json:"port"`
	Name string `json:"name"`
}

// listen answers every connection with one line, who it is and which source address it sees, and hangs up.
func listen(spec listenSpec) error {
	listener, err := net.Listen("tcp4", fmt.Sprintf(":%d", spec.Port))
	if err != nil {
		return err
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go greet(conn, spec.Name)
		}
	}()
	return nil
}

func greet(conn net.Conn, name string) {
	defer conn.Close()
	source, _, err := net.SplitHostPort(conn.RemoteAddr().String())
	if err != nil {
		return
	}
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	fmt.Fprintf(conn, "%s %s\n", name, source)
}
