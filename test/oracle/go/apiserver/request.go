// Package apiserver answers requests for Services with the API server's own registry: its decoding, defaulting, allocation,
// validation and warnings. Nothing is stored and no etcd is needed.
package apiserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	genericrequest "k8s.io/apiserver/pkg/endpoints/request"

	"k8s.io/apiserver/pkg/endpoints/handlers/responsewriters"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
)

// Setup is how the server was started and what it has given out.
type Setup struct {
	// IPFamilies of --service-cluster-ip-range, the default one first.
	IPFamilies []core.IPFamily `json:"ipFamilies"`
	// NodePorts of other Services.
	NodePorts []int `json:"nodePorts"`
	// FieldValidation is Strict, Warn or Ignore.
	FieldValidation string `json:"fieldValidation"`
}

// Create asks for a new Service.
type Create struct {
	Setup
	Service json.RawMessage `json:"service"`
}

// Update asks for a change of a Service.
type Update struct {
	Setup
	// Stored is the Service as it lies in etcd.
	Stored  json.RawMessage `json:"stored"`
	Service json.RawMessage `json:"service"`
}

// Answer is what the client gets.
type Answer struct {
	// Stored is the Service as read back; absent if it was refused.
	Stored   json.RawMessage `json:"stored,omitempty"`
	Refusal  *Refusal        `json:"refusal,omitempty"`
	Warnings []string        `json:"warnings"`
}

// Refusal is the Status of the answer.
type Refusal struct {
	Code    int32               `json:"code"`
	Reason  metav1.StatusReason `json:"reason"`
	Message string              `json:"message"`
	Causes  []Cause             `json:"causes,omitempty"`
}

// Cause is one field error.
type Cause struct {
	Kind metav1.CauseType `json:"kind"`
	Path string           `json:"path"`
	// Text is the whole line that is printed for it.
	Text string `json:"text"`
}

// AnswerCreate follows k8s.io/apiserver pkg/endpoints/handlers/create.go from the body to the registry.
func AnswerCreate(request Create) (Answer, error) {
	server, err := prepare(request.Setup)
	if err != nil {
		return Answer{}, err
	}
	told := &warnings{}
	service, err := read(request.Service, request.FieldValidation, told)
	if err != nil {
		return answer(nil, err, told)
	}
	ctx := requestFor(service, told)
	rest.WipeObjectMetaSystemFields(service)
	created, err := server.Create(ctx, service, rest.ValidateAllObjectFunc, &metav1.CreateOptions{})
	return answer(created, err, told)
}

// AnswerUpdate is AnswerCreate for a replacement of what is stored.
func AnswerUpdate(request Update) (found Answer, err error) {
	told := &warnings{}
	defer func() {
		if recover() != nil {
			found, err = Answer{Refusal: panicked, Warnings: append([]string{}, told.texts...)}, nil
		}
	}()
	server, err := prepare(request.Setup)
	if err != nil {
		return Answer{}, err
	}
	stored, err := read(request.Stored, metav1.FieldValidationStrict, &warnings{})
	if err != nil {
		return Answer{}, fmt.Errorf("the stored Service: %w", err)
	}
	stored.ResourceVersion = "1"
	if stored.Namespace == "" {
		stored.Namespace = metav1.NamespaceDefault
	}
	server.hold(stored)
	service, err := read(request.Service, request.FieldValidation, told)
	if err != nil {
		return answer(nil, err, told)
	}
	ctx := requestFor(service, told)
	updated, _, err := server.Update(ctx, stored.Name, rest.DefaultUpdatedObjectInfo(service),
		rest.ValidateAllObjectFunc, rest.ValidateAllObjectUpdateFunc, false, &metav1.UpdateOptions{})
	return answer(updated, err, told)
}

// panicked is what k8s.io/apiserver pkg/server/filters/wrap.go answers.
var panicked = &Refusal{
	Code:    http.StatusInternalServerError,
	Message: "This request caused apiserver to panic. Look in the logs for details.",
}

// read decodes, defaults and converts as the server's handlers do.
func read(body []byte, validation string, told *warnings) (*core.Service, error) {
	info, ok := runtime.SerializerInfoForMediaType(legacyscheme.Codecs.SupportedMediaTypes(), runtime.ContentTypeJSON)
	if !ok {
		return nil, errors.New("no serializer for JSON")
	}
	serializer := info.Serializer
	if validation == metav1.FieldValidationStrict || validation == metav1.FieldValidationWarn {
		serializer = info.StrictSerializer
	}
	kind := corev1.SchemeGroupVersion.WithKind("Service")
	decoder := legacyscheme.Codecs.DecoderToVersion(serializer, core.SchemeGroupVersion)
	object, actual, err := decoder.Decode(body, &kind, &core.Service{})
	if err != nil {
		strict, isStrict := runtime.AsStrictDecodingError(err)
		if !isStrict || object == nil || validation != metav1.FieldValidationWarn {
			return nil, cannotBeHandled(actual.Kind, actual.Version, err)
		}
		for _, unknown := range strict.Errors() {
			told.AddWarning("", unknown.Error())
		}
	}
	service, ok := object.(*core.Service)
	if !ok {
		return nil, fmt.Errorf("decoded a %T", object)
	}
	return service, nil
}

// cannotBeHandled words it like transformDecodeError of k8s.io/apiserver pkg/endpoints/handlers/rest.go, which is not exported.
func cannotBeHandled(kind, version string, err error) error {
	return apierrors.NewBadRequest(fmt.Sprintf("%s in version %q cannot be handled as a Service: %v", kind, version, err))
}

func requestFor(service *core.Service, told *warnings) context.Context {
	if service.Namespace == "" {
		service.Namespace = metav1.NamespaceDefault
	}
	return warning.WithWarningRecorder(requestContext(service.Namespace, "", "services"), told)
}

// requestContext says what is asked for, as the server's filters do; since 1.37 the registry looks for it.
func requestContext(namespace, group, resource string) context.Context {
	ctx := genericrequest.WithNamespace(genericrequest.NewContext(), namespace)
	return genericrequest.WithRequestInfo(ctx, &genericrequest.RequestInfo{
		IsResourceRequest: true, APIGroup: group, APIVersion: "v1", Namespace: namespace, Resource: resource,
	})
}

func answer(object runtime.Object, err error, told *warnings) (Answer, error) {
	found := Answer{Warnings: append([]string{}, told.texts...)}
	if err != nil {
		found.Refusal = refusal(responsewriters.ErrorToAPIStatus(err))
		return found, nil
	}
	info, _ := runtime.SerializerInfoForMediaType(legacyscheme.Codecs.SupportedMediaTypes(), runtime.ContentTypeJSON)
	encoder := legacyscheme.Codecs.EncoderForVersion(info.Serializer, corev1.SchemeGroupVersion)
	found.Stored, err = runtime.Encode(encoder, object)
	return found, err
}

func refusal(status *metav1.Status) *Refusal {
	found := &Refusal{Code: status.Code, Reason: status.Reason, Message: status.Message}
	if status.Reason == metav1.StatusReasonInvalid && status.Details != nil {
		for _, cause := range status.Details.Causes {
			text := cause.Field + ": " + cause.Message
			found.Causes = append(found.Causes, Cause{Kind: cause.Type, Path: cause.Field, Text: text})
		}
	}
	return found
}

type warnings struct{ texts []string }

func (w *warnings) AddWarning(_, text string) { w.texts = append(w.texts, text) }
