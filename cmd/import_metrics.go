package cmd

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// withMetrics does the work of a command and then writes the metrics of its stores, however
// the work went.
func withMetrics(ctx context.Context, p *access.Access, f metricsFile, work func() error) error {
	if err := f.check(p); err != nil {
		return err
	}
	outcome := work()
	if f == "" {
		return outcome
	}
	ctx, cancel := connector.LastWords(ctx) // an interrupted run is written as well
	defer cancel()
	cards, err := cardsOf(ctx, p, statusFlags{})
	if err == nil {
		err = writeMetrics(ctx, p, f, cards)
	}
	if err == nil {
		return outcome
	}
	unwritten := p.Face.WriteFault("--metrics-file "+string(f), err)
	if said := exit.Status(0); outcome == nil || errors.As(outcome, &said) && said == exit.Partial {
		return exit.ReportedError{Err: unwritten} // standard output already has its document
	}
	p.Face.Note("%s", plain.Line(unwritten.Error()))
	return outcome
}
