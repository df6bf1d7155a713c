package job

import (
	"context"
	"sync"
)

// Outcome is what a job came to in one store of several.
type Outcome struct {
	Report Report
	Err    error
	Begun  bool // false when everything was stopped before its turn came
}

// ForAll does a job for each of n stores, so many at the same time. Nothing that goes
// wrong in one concerns another; when ctx ends no further one is begun. ended hears of
// each as soon as it ends, maybe of several at a time.
func ForAll(ctx context.Context, n, atOnce int, do func(ctx context.Context, i int) (Report, error), ended func(i int, o Outcome)) {
	InParallel(n, atOnce, func(i int) { ended(i, inTurn(ctx, i, do)) })
}

func inTurn(ctx context.Context, i int, do func(ctx context.Context, i int) (Report, error)) Outcome {
	if ctx.Err() != nil {
		return Outcome{Err: ctx.Err()}
	}
	report, err := do(ctx, i)
	return Outcome{report, err, true}
}

// InParallel does n things, so many at the same time.
func InParallel(n, atOnce int, do func(i int)) {
	turns := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for i := range n {
		turns <- struct{}{}
		all.Go(func() {
			defer func() { <-turns }()
			do(i)
		})
	}
	all.Wait()
}
