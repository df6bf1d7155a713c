package cmd

import (
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// toldFault is what an operator is told of an error. What to type next is a whole
// command also where the error only knows which flags would help, and is for the store
// that was named.
func (p *program) toldFault(err error) *connector.Fault {
	fault := faultOf(err)
	if len(fault.Next) == 0 && fault.Code == connector.NotConnected {
		fault.Next = p.firstConnect().Next()
	}
	p.located(fault)
	fault.Message += plain.Steps(fault.Besides)
	if len(fault.Next) == 0 && fault.Code == connector.Interrupted {
		fault.Next = usage.Again()
	}
	if fault.Temporary() {
		fault.Next = fault.Next.OrAtLast(connector.Again())
	}
	fault.Next = fault.Next.For(p.config.Store).Each(func(c connector.Command) connector.Command {
		if c.Again {
			return p.typed().Again(c.Args...)
		}
		return c
	})
	return fault
}
