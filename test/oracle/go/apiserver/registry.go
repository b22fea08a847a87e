package apiserver

import (
	"context"
	"fmt"
	"net"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	utilnet "k8s.io/apimachinery/pkg/util/net"
	"k8s.io/apiserver/pkg/registry/generic"
	"k8s.io/apiserver/pkg/storage"
	"k8s.io/apiserver/pkg/storage/storagebackend"
	"k8s.io/apiserver/pkg/storage/storagebackend/factory"
	"k8s.io/client-go/tools/cache"
	"k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/service/ipallocator"
	"k8s.io/kubernetes/pkg/registry/core/service/portallocator"
	servicestorage "k8s.io/kubernetes/pkg/registry/core/service/storage"
)

// registry is the server's own REST storage of Services over things that keep nothing from one request to the next.
type registry struct {
	*servicestorage.REST
	ports *ports
	held  *memory
}

// Making a REST takes longer than asking it, so there is one for each choice of families.
var registries = map[string]*registry{}

func init() {
	// The registry copies the strategy when it is made.
	service.Strategy.NameGenerator = fixedNames{}
}

// fixedNames end in five x, where the server's own would end in five letters and digits of its choice.
type fixedNames struct{}

func (fixedNames) GenerateName(base string) string { return base[:min(len(base), 58)] + "xxxxx" }

// AutoNodePort is the first number that is allocated where none was asked for; the next ones are below it.
const AutoNodePort = 32700

// AutoClusterIP are the addresses that are allocated where none was asked for.
var AutoClusterIP = map[core.IPFamily]string{core.IPv4Protocol: "10.254.0.1", core.IPv6Protocol: "fd00:254::1"}

func prepare(setup Setup) (*registry, error) {
	if len(setup.IPFamilies) == 0 {
		setup.IPFamilies = []core.IPFamily{core.IPv4Protocol}
	}
	key := fmt.Sprint(setup.IPFamilies)
	found, ok := registries[key]
	if !ok {
		var err error
		if found, err = newRegistry(setup.IPFamilies); err != nil {
			return nil, err
		}
		registries[key] = found
	}
	found.held.service = nil
	return found, found.ports.reset(setup.NodePorts)
}

func newRegistry(families []core.IPFamily) (*registry, error) {
	held := &memory{}
	options := generic.RESTOptions{
		StorageConfig:  &storagebackend.ConfigForResource{},
		ResourcePrefix: "services",
		Decorator: func(*storagebackend.ConfigForResource, string, func(runtime.Object) (string, error), func() runtime.Object,
			func() runtime.Object, storage.AttrFunc, storage.IndexerFuncs, *cache.Indexers,
		) (storage.Interface, factory.DestroyFunc, error) {
			return held, func() {}, nil
		},
	}
	addresses := map[core.IPFamily]ipallocator.Interface{}
	for _, family := range families {
		addresses[family] = addressesOf{family: family}
	}
	pool := &ports{}
	if err := pool.reset(nil); err != nil {
		return nil, err
	}
	rest, _, _, err := servicestorage.NewREST(options, families[0], addresses, pool, nil, nil, nil)
	if err != nil {
		return nil, err
	}
	return &registry{REST: rest, ports: pool, held: held}, nil
}

// hold puts a Service into the storage, with the ports that it has.
func (r *registry) hold(service *core.Service) {
	r.held.service = service
	for _, port := range service.Spec.Ports {
		r.ports.take(int(port.NodePort))
	}
	r.ports.take(int(service.Spec.HealthCheckNodePort))
}

// ports is the server's port allocator, but what it chooses by itself can be told from what was asked for.
type ports struct {
	portallocator.Interface
	next int
}

func (p *ports) reset(taken []int) error {
	allocator, err := portallocator.NewInMemory(*utilnet.ParsePortRangeOrDie("30000-32767"))
	if err != nil {
		return err
	}
	p.Interface, p.next = allocator, AutoNodePort
	for _, port := range taken {
		p.take(port)
	}
	return nil
}

// take is for ports that others have, or the Service itself; those of the Service may be there twice.
func (p *ports) take(port int) {
	if port != 0 {
		_ = p.Allocate(port)
	}
}

func (p *ports) AllocateNext() (int, error) {
	for {
		port := p.next
		p.next--
		if err := p.Allocate(port); err == nil {
			return port, nil
		} else if !strings.Contains(err.Error(), portallocator.ErrAllocated.Error()) {
			return 0, err
		}
	}
}

// addressesOf gives every address that is asked for: which ones are free is not the question.
type addressesOf struct {
	ipallocator.Interface
	family core.IPFamily
}

func (a addressesOf) Allocate(net.IP) error         { return nil }
func (a addressesOf) Release(net.IP) error          { return nil }
func (a addressesOf) DryRun() ipallocator.Interface { return a }
func (a addressesOf) IPFamily() core.IPFamily       { return a.family }
func (a addressesOf) AllocateNext() (net.IP, error) { return net.ParseIP(AutoClusterIP[a.family]), nil }

// memory holds the one Service that a request is about.
type memory struct {
	storage.Interface
	service *core.Service
}

func (m *memory) Versioner() storage.Versioner { return storage.APIObjectVersioner{} }
func (m *memory) ReadinessCheck() error        { return nil }

func (m *memory) Create(_ context.Context, _ string, object, out runtime.Object, _ uint64) error {
	return copyInto(object, out)
}

func (m *memory) GuaranteedUpdate(_ context.Context, key string, out runtime.Object, _ bool,
	_ *storage.Preconditions, update storage.UpdateFunc, _ runtime.Object,
) error {
	if m.service == nil {
		return storage.NewKeyNotFoundError(key, 0)
	}
	updated, _, err := update(m.service.DeepCopy(), storage.ResponseMeta{ResourceVersion: 1})
	if err != nil {
		return err
	}
	return copyInto(updated, out)
}

func copyInto(object, out runtime.Object) error {
	from, isService := object.(*core.Service)
	to, isPlace := out.(*core.Service)
	if !isService || !isPlace {
		return fmt.Errorf("a %T is not stored in a %T", object, out)
	}
	from.DeepCopyInto(to)
	return nil
}
