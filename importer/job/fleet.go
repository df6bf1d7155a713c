package job

import (
	"context"
	"sync"
)

// Outcome is the result of a job for one store of several.
type Outcome struct {
	Report Report
	Err    error
	Begun  bool // false if everything was stopped before its turn came
}

// ForAll does a job for each of n stores, atOnce at a time. A failure in one store does not
// concern the others; when ctx ends no further job is begun. ended is called for each job
// as soon as it ends, possibly by several goroutines at once.
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

// InParallel calls do for 0 to n-1, atOnce at a time.
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
