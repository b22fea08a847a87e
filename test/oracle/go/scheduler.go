package main

import (
	"context"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/events"
	"k8s.io/klog/v2"
	fwk "k8s.io/kube-scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler"
	internalcache "k8s.io/kubernetes/pkg/scheduler/backend/cache"
	"k8s.io/kubernetes/pkg/scheduler/framework"
)

// realScheduler is kube-scheduler with its default profile and one worker, which makes it deterministic, and a cache that this
// program fills instead of a watch.
type realScheduler struct {
	*scheduler.Scheduler
	profile  framework.Framework
	snapshot *internalcache.Snapshot
	stop     context.CancelFunc
	logger   klog.Logger
}

func newScheduler(input placementInput) (*realScheduler, error) {
	ctx, stop := context.WithCancel(context.Background())
	client := fake.NewClientset()
	factory := informerFactory(client)
	sched, err := scheduler.New(ctx, client, factory, nil, silent, scheduler.WithParallelism(1))
	if err != nil {
		stop()
		return nil, err
	}
	profile := sched.Profiles[v1.DefaultSchedulerName]
	snapshot, ok := profile.SnapshotSharedLister().(*internalcache.Snapshot)
	if !ok {
		stop()
		return nil, fmt.Errorf("the scheduler keeps its snapshot elsewhere: %T", profile.SnapshotSharedLister())
	}
	s := &realScheduler{Scheduler: sched, profile: profile, snapshot: snapshot, stop: stop, logger: klog.FromContext(ctx)}
	if err := s.fill(input, factory); err != nil {
		stop()
		return nil, err
	}
	return s, nil
}

func (s *realScheduler) fill(input placementInput, factory informers.SharedInformerFactory) error {
	for _, node := range input.Nodes {
		s.Cache.AddNode(s.logger, node.node())
	}
	for _, record := range input.Pods {
		pod, err := record.pod()
		if err != nil {
			return err
		}
		if err := s.Cache.AddPod(s.logger, pod); err != nil {
			return err
		}
	}
	core := factory.Core().V1()
	for i, service := range input.Services {
		object := &v1.Service{
			ObjectMeta: metav1.ObjectMeta{Namespace: service.Namespace, Name: fmt.Sprintf("service-%d", i)},
			Spec:       v1.ServiceSpec{Selector: service.Selector},
		}
		if err := core.Services().Informer().GetIndexer().Add(object); err != nil {
			return err
		}
	}
	for _, namespace := range input.Namespaces {
		object := &v1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace.Name, Labels: namespace.Labels}}
		if err := core.Namespaces().Informer().GetIndexer().Add(object); err != nil {
			return err
		}
	}
	for _, owner := range input.Owners {
		if err := addOwner(owner, factory); err != nil {
			return err
		}
	}
	return nil
}

func addOwner(owner ownerRecord, factory informers.SharedInformerFactory) error {
	meta := metav1.ObjectMeta{Namespace: owner.Namespace, Name: owner.Name}
	var indexer cache.Indexer
	var object runtime.Object
	switch owner.Kind {
	case "ReplicaSet":
		indexer = factory.Apps().V1().ReplicaSets().Informer().GetIndexer()
		object = &appsv1.ReplicaSet{ObjectMeta: meta, Spec: appsv1.ReplicaSetSpec{Selector: &owner.Selector}}
	case "StatefulSet":
		indexer = factory.Apps().V1().StatefulSets().Informer().GetIndexer()
		object = &appsv1.StatefulSet{ObjectMeta: meta, Spec: appsv1.StatefulSetSpec{Selector: &owner.Selector}}
	case "ReplicationController":
		indexer = factory.Core().V1().ReplicationControllers().Informer().GetIndexer()
		object = &v1.ReplicationController{ObjectMeta: meta, Spec: v1.ReplicationControllerSpec{Selector: owner.Selector.MatchLabels}}
	default:
		return fmt.Errorf("owner of kind %s; the scheduler knows ReplicaSet, StatefulSet and ReplicationController", owner.Kind)
	}
	return indexer.Add(object)
}

// refresh lets the scheduler see what its cache holds now, as it does before every pod.
func (s *realScheduler) refresh() error {
	return s.Cache.UpdateSnapshot(s.logger, s.snapshot)
}

func queued(pod *v1.Pod) (*framework.QueuedPodInfo, error) {
	info, err := framework.NewPodInfo(pod)
	if err != nil {
		return nil, err
	}
	return &framework.QueuedPodInfo{PodInfo: info}, nil
}

func newState() fwk.CycleState { return framework.NewCycleState() }

// silent drops events.
func silent(string) events.EventRecorderLogger { return silentRecorder{} }

type silentRecorder struct{}

func (silentRecorder) Eventf(runtime.Object, runtime.Object, string, string, string, string, ...any) {
}
func (silentRecorder) WithLogger(klog.Logger) events.EventRecorderLogger { return silentRecorder{} }
