package cmd

import (
	"time"

	"github.com/eshopos/eshopctl/importer"
)

type progress interface {
	importer.Reporter
	Waiting(time.Duration)
	Done()
}
type quiet struct{ importer.Silent }

func (quiet) Waiting(time.Duration)  {}
func (quiet) Done()                  {}
func (p *program) newProgress() progress { return quiet{} }
