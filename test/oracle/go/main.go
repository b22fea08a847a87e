// Command oracle answers questions about Services and placement with Kubernetes' own code: one JSON request a line on standard
// input, one JSON answer a line on standard output, in the order of the requests.
//
//	{"id": 1, "op": "categorize", "input": {…}}  ->  {"id": 1, "output": {…}}  or  {"id": 1, "error": "…"}
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime/debug"

	"k8s.io/klog/v2"
)

type request struct {
	ID    json.RawMessage `json:"id"`
	Op    string          `json:"op"`
	Input json.RawMessage `json:"input"`
}

type answer struct {
	ID     json.RawMessage `json:"id"`
	Output any             `json:"output,omitempty"`
	Error  string          `json:"error,omitempty"`
}

type operation func(json.RawMessage) (any, error)

// operations lists every question the oracle answers. Each lies in a file of its own and adds itself:
//
//	func init() { register("categorize", categorize) }
var operations = map[string]operation{"version": version}

func register[Input, Output any](name string, ask func(Input) (Output, error)) {
	if _, taken := operations[name]; taken {
		panic("operation " + name + " is registered twice")
	}
	operations[name] = func(raw json.RawMessage) (any, error) {
		var input Input
		if err := json.Unmarshal(raw, &input); err != nil {
			return nil, fmt.Errorf("input of %s: %w", name, err)
		}
		return ask(input)
	}
}

// version says which modules answer, for the record that frozen answers carry.
func version(json.RawMessage) (any, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil, fmt.Errorf("built without module information")
	}
	modules := map[string]string{"go": info.GoVersion}
	for _, module := range info.Deps {
		switch module.Path {
		case "k8s.io/kubernetes":
			modules[module.Path] = module.Version
		case "k8s.io/endpointslice":
			if module.Replace != nil {
				module = module.Replace
			}
			modules[module.Path] = module.Version
		}
	}
	return modules, nil
}

// temporary names folders to remove when the oracle ends.
var temporary []string

func main() {
	quiet()
	defer func() {
		for _, folder := range temporary {
			_ = os.RemoveAll(folder)
		}
	}()
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := json.NewEncoder(out)
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<20), 1<<28)
	for lines.Scan() {
		if err := encoder.Encode(respond(lines.Bytes())); err != nil {
			fail(err)
		}
		// Whoever waits for an answer gets it; requests that already lie in the buffer are answered together.
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				fail(err)
			}
		}
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
	if err := out.Flush(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "oracle:", err)
	os.Exit(1)
}

// quiet keeps Kubernetes' log off standard error: the cases are full of what it warns of.
func quiet() {
	flags := flag.NewFlagSet("klog", flag.PanicOnError)
	klog.InitFlags(flags)
	if err := flags.Parse([]string{"-logtostderr=false", "-alsologtostderr=false", "-stderrthreshold=FATAL"}); err != nil {
		fail(err)
	}
	klog.SetOutput(discard{})
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func respond(line []byte) (a answer) {
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return answer{Error: "bad request: " + err.Error()}
	}
	a.ID = r.ID
	defer func() {
		if p := recover(); p != nil {
			a = answer{ID: r.ID, Error: fmt.Sprintf("panic: %v", p)}
		}
	}()
	op, ok := operations[r.Op]
	if !ok {
		a.Error = "unknown operation " + r.Op
		return a
	}
	output, err := op(r.Input)
	if err != nil {
		a.Error = err.Error()
		return a
	}
	a.Output = output
	return a
}
