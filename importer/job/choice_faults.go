package job

import (
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/spelling"
)

// unknownStore is the fault of a name that no store has. Its hint suggests the most similar
// name.
func unknownStore(typed string, known []string, platforms connector.Platforms) *connector.Fault {
	if len(known) == 0 {
		fault := notConnected(fmt.Sprintf("there is no store %q: nothing is connected yet", typed))
		fault.Next = platforms.Usual().Unconnected(typed).ConnectCommand().Next()
		return fault
	}
	known = spelling.NearestFirst(typed, known)
	text := fmt.Sprintf("there is no store %q: did you mean %s?", typed, known[0])
	if len(known) > 1 {
		text += " The stores are " + strings.Join(known, ", ")
	}
	fault := notConnected(text)
	fault.Next = connector.Typed("status").Next()
	if near := spelling.Nearest(typed, known); near != "" {
		fault.Next = typedAgain("--store", near)
	}
	return fault
}

// notThere is the fault of a store that is connected, but not to a shop of the provider.
func notThere(c connector.Connector, provider connector.Platform) error {
	return &connector.Fault{Code: connector.NotConnected, Message: fmt.Sprintf("store %s has no shop of %s", c.Store, provider.Title),
		Next: connector.Typed("status").For(c.Store).Next()}
}

func notConnected(message string) *connector.Fault {
	return &connector.Fault{Code: connector.NotConnected, Message: message}
}

// misnamedFault is the fault of a name that is missing, unknown or ambiguous.
func misnamedFault(next connector.Next, format string, args ...any) *connector.Fault {
	return &connector.Fault{Code: connector.Usage, Message: fmt.Sprintf(format, args...), Next: next}
}

// typedAgain is the command that was typed, with other flags.
func typedAgain(flags ...string) connector.Next { return connector.Again(flags...).Next() }
