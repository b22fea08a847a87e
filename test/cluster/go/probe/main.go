// Probe does in one network namespace what the harness asks of it: listen and say who answers, open connections, and make
// HTTP requests. Requests and answers are JSON lines on standard input and output; it ends when its input does, so that it
// never outlives the harness.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sync"
)

type request struct {
	ID     int          `json:"id"`
	Listen *listenSpec  `json:"listen,omitempty"`
	Dial   *dialSpec    `json:"dial,omitempty"`
	HTTP   *httpRequest `json:"http,omitempty"`
}

type answer struct {
	ID    int           `json:"id"`
	Error string        `json:"error,omitempty"`
	Dial  []connection  `json:"dial,omitempty"`
	HTTP  *httpResponse `json:"http,omitempty"`
}

func main() {
	var writing sync.Mutex
	out := json.NewEncoder(os.Stdout)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var asked request
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			fmt.Fprintf(os.Stderr, "probe: %v in %q\n", err, in.Text())
			os.Exit(2)
		}
		go func() {
			said := handle(asked)
			writing.Lock()
			defer writing.Unlock()
			if err := out.Encode(said); err != nil {
				os.Exit(2)
			}
		}()
	}
}

func handle(asked request) answer {
	said := answer{ID: asked.ID}
	var err error
	switch {
	case asked.Listen != nil:
		err = listen(*asked.Listen)
	case asked.Dial != nil:
		said.Dial = dial(*asked.Dial)
	case asked.HTTP != nil:
		said.HTTP, err = fetch(*asked.HTTP)
	default:
		err = fmt.Errorf("nothing asked: wanted listen, dial or http")
	}
	if err != nil {
		said.Error = err.Error()
	}
	return said
}
