package completion

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/view/plain"
)

// candidates returns what the shell offers for a word. An error while looking into the
// state file offers nothing.
type candidates func(p *access.Access, cmd *cobra.Command) []cobra.Completion

func fixed(words ...string) candidates {
	return func(*access.Access, *cobra.Command) []cobra.Completion { return words }
}

// untilCompleted is how long the shell waits for candidates at most.
const untilCompleted = time.Second

// known looks candidates up in the state file, without waiting for a lock.
func known(look func(context.Context, *access.Access, access.StateFile) []cobra.Completion) candidates {
	return func(p *access.Access, cmd *cobra.Command) []cobra.Completion {
		if p.ReadSettings(cmd, nil) != nil {
			return nil
		}
		ctx, cancel := context.WithTimeout(context.Background(), untilCompleted)
		defer cancel()
		db, err := p.OpenToLook(ctx)
		if err != nil {
			return nil
		}
		return look(ctx, p, db)
	}
}

// described makes a candidate with the text that the shell shows beside it, which may come
// from a shop.
func described(word, format string, args ...any) cobra.Completion {
	return cobra.CompletionWithDesc(word, plain.Cut(plain.Line(fmt.Sprintf(format, args...)), 60))
}
