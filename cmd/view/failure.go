package view

import (
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// Failure is how a command failed.
type Failure struct{ *connector.Fault }

// forPeople says what failed, why, and what to do.
func (f Failure) forPeople(v View) error {
	p := v.newSheet()
	p.addLine("%s: %s", plain.Program, plain.Line(f.Message))
	if len(f.Next) > 0 {
		p.addNext(2, f.Next)
	}
	return p.flush()
}

func (f Failure) forPrograms() document {
	type body struct {
		Code    connector.Code `json:"code"`
		Message string         `json:"message"`
		Hint    string         `json:"hint"`
	}
	return oneDocument(map[string]body{"error": {f.Code, f.Message, plain.Steps(f.Next)}})
}
