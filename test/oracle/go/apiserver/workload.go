package apiserver

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/endpoints/handlers/responsewriters"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
)

// CreateWorkload asks for a new Deployment, StatefulSet, DaemonSet or ReplicaSet.
type CreateWorkload struct {
	Kind     string          `json:"kind"`
	Workload json.RawMessage `json:"workload"`
}

// WorkloadAnswer is what the client gets; none: the workload is accepted.
type WorkloadAnswer struct {
	Refusal *Refusal `json:"refusal,omitempty"`
}

var strategies = map[string]struct {
	empty    func() runtime.Object
	strategy rest.RESTCreateStrategy
}{
	"Deployment":  {func() runtime.Object { return &apps.Deployment{} }, deployment.Strategy},
	"StatefulSet": {func() runtime.Object { return &apps.StatefulSet{} }, statefulset.Strategy},
	"DaemonSet":   {func() runtime.Object { return &apps.DaemonSet{} }, daemonset.Strategy},
	"ReplicaSet":  {func() runtime.Object { return &apps.ReplicaSet{} }, replicaset.Strategy},
}

// AnswerCreateWorkload follows k8s.io/apiserver pkg/endpoints/handlers/create.go and pkg/registry/generic/registry/store.go: reading
// with defaults, and everything that is asked before the object is stored. Admission is not asked.
func AnswerCreateWorkload(request CreateWorkload) (WorkloadAnswer, error) {
	known, ok := strategies[request.Kind]
	if !ok {
		return WorkloadAnswer{}, fmt.Errorf("no workload of apps/v1: %s", request.Kind)
	}
	object, err := readWorkload(request.Kind, request.Workload, known.empty())
	if err == nil {
		err = beforeCreate(known.strategy, object, strings.ToLower(request.Kind)+"s")
	}
	if err != nil {
		return WorkloadAnswer{Refusal: refusal(responsewriters.ErrorToAPIStatus(err))}, nil
	}
	return WorkloadAnswer{}, nil
}

func readWorkload(kind string, body []byte, into runtime.Object) (runtime.Object, error) {
	info, ok := runtime.SerializerInfoForMediaType(legacyscheme.Codecs.SupportedMediaTypes(), runtime.ContentTypeJSON)
	if !ok {
		return nil, errors.New("no serializer for JSON")
	}
	named := appsv1.SchemeGroupVersion.WithKind(kind)
	decoder := legacyscheme.Codecs.DecoderToVersion(info.Serializer, apps.SchemeGroupVersion)
	object, actual, err := decoder.Decode(body, &named, into)
	if err != nil {
		return nil, apierrors.NewBadRequest(
			fmt.Sprintf("%s in version %q cannot be handled as a %s: %v", actual.Kind, actual.Version, kind, err))
	}
	return object, nil
}

func beforeCreate(strategy rest.RESTCreateStrategy, object runtime.Object, resource string) error {
	metadata, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	if metadata.GetNamespace() == "" {
		metadata.SetNamespace(metav1.NamespaceDefault)
	}
	rest.WipeObjectMetaSystemFields(metadata)
	rest.FillObjectMetaSystemFields(metadata)
	if metadata.GetGenerateName() != "" && metadata.GetName() == "" {
		metadata.SetName(fixedNames{}.GenerateName(metadata.GetGenerateName()))
	}
	ctx := requestContext(metadata.GetNamespace(), apps.GroupName, resource)
	return rest.BeforeCreate(strategy, ctx, object)
}
