package view

import (
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// Failure is how a command failed.
type Failure struct{ *connector.Fault }

// text says what failed, why, and what to do.
func (f Failure) text(v View) error {
	p := v.page()
	p.line("%s: %s", plain.Program, plain.Line(f.Message))
	if len(f.Next) > 0 {
		p.next(2, f.Next)
	}
	return p.flush()
}

func (f Failure) document() document {
	type body struct {
		Code    connector.Code `json:"code"`
		Message string         `json:"message"`
		Hint    string         `json:"hint"`
	}
	return oneDocument(map[string]body{"error": {f.Code, f.Message, plain.Steps(f.Next)}})
}
