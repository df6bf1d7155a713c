package cmd

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state"
)

func (p *program) printCards(cards []card) error {
	switch {
	case p.config.Output == "json":
		return view.JSON(p.env.Stdout, map[string]any{"connectors": cards})
	case p.config.Output == "jsonl":
		for _, c := range cards {
			if err := view.JSONLine(p.env.Stdout, c); err != nil {
				return err
			}
		}
		return nil
	case len(cards) == 0:
		_, err := fmt.Fprintln(p.env.Stdout, "Nothing connected yet.\n\n  next  eshopctl connect shopify --store NAME --shop HANDLE.myshopify.com")
		return err
	}
	for i, c := range cards {
		if i > 0 {
			fmt.Fprintln(p.env.Stdout)
		}
		if err := p.printCard(c); err != nil {
			return err
		}
	}
	return nil
}

// showCard prints the card of one connector after it was changed.
func (p *program) showCard(ctx context.Context, db *state.DB, c connector.Connector) error {
	made, err := p.cardOf(ctx, db, c, defaultMaxAge, nil)
	if err != nil {
		return err
	}
	switch p.config.Output {
	case "json":
		return view.JSON(p.env.Stdout, made)
	case "jsonl":
		return view.JSONLine(p.env.Stdout, made)
	}
	return p.printCard(made)
}

func (p *program) printCard(c card) error {
	var text strings.Builder
	fact := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&text, "  %-12s %s\n", name, view.Line(value))
		}
	}
	fmt.Fprintf(&text, "%s  %s  %s\n", c.Store, c.Provider, stateInWords(c))
	fact("shop", c.ExternalAccount)
	fact("domain", c.ExternalDomain)
	fact("account id", c.ExternalAccountID)
	fact("can import", resourceNames(c.Capabilities))
	fact("not granted", strings.Join(c.MissingScopes, ", "))
	fact("token", tokenInWords(c.Token))
	if c.LastAttempt != nil && c.LastAttempt.Reason != "" && c.State == connector.Live {
		fact("last attempt", "failed: "+c.LastAttempt.ReasonText)
	}
	fact("connection", string(c.Lights.Connection))
	fact("last run", runInWords(c))
	fact("data", dataInWords(c))
	for _, step := range c.Suggestions {
		fact("next", step.Text+": "+step.Command)
	}
	_, err := p.env.Stdout.Write([]byte(text.String()))
	return err
}

func stateInWords(c card) string {
	words := string(c.State)
	if c.Reason != "" {
		words += fmt.Sprintf(" (%s: %s)", c.Reason, c.ReasonText)
	}
	if c.Sandbox {
		words += ", a sandbox"
	}
	return words
}

func resourceNames(resources []connector.Resource) string {
	names := make([]string, len(resources))
	for i, r := range resources {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}

func tokenInWords(t cardToken) string {
	words := string(t.Kind)
	if t.ExpiresAt != nil {
		words += ", until " + t.ExpiresAt.Format(time.DateTime) + " UTC"
	}
	if t.RefreshExpiresAt != nil {
		words += "; renewable until " + t.RefreshExpiresAt.Format(time.DateOnly)
	}
	return words
}

func runInWords(c card) string {
	if c.LastRun == nil {
		return string(c.Lights.LastRun) + ": none yet"
	}
	return fmt.Sprintf("%s: %s (%s)", c.Lights.LastRun, c.LastRun.Status, c.LastRun.ID)
}

// dataInWords tells the age of the oldest data.
func dataInWords(c card) string {
	var ages []int64
	for _, f := range c.Freshness {
		ages = append(ages, f.AgeSeconds)
	}
	if len(ages) == 0 {
		return string(c.Lights.DataAge) + ": never imported"
	}
	age := time.Duration(slices.Max(ages)) * time.Second
	return fmt.Sprintf("%s: the shop as it was %s ago", c.Lights.DataAge, age.Round(time.Second))
}
