package cmd

import (
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// What was typed before a question was seen is no answer to it, whatever command
// asks.
func TestTypedTooEarly(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun(strings.Fields(connectTea + " --auth browser")...)
	for question, args := range map[string][]string{
		"changes into store main? [y/N]":      {"import", "run"},
		"the connection of store main? [y/N]": {"disconnect", "shopify"},
	} {
		at := sit(t)
		at.types("y\ny\n")
		command := at.run(d.command(args...))
		at.sees(question)
		at.types("n\n")
		at.ends(command, exit.Failed)
		if !strings.Contains(at.shown(), "The answer was not yes: nothing was changed.") {
			t.Errorf("%v:\n%s", args, at.shown())
		}
	}
	at := sit(t)
	at.types("tea-and-cups\n")
	command := at.run(d.command("connect", "shopify", "--store", "new"))
	at.sees("Which shop")
	at.types("\n")
	at.ends(command, exit.Usage)
	if printed := d.mustRun("status", "--store", "main"); !strings.Contains(printed, "live") || strings.Contains(printed, "products 35") {
		t.Errorf("something was done:\n%s", printed)
	}
}

// The end of the input is no answer either.
func TestEndOfInputIsNoAnswer(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun(strings.Fields(connectTea + " --auth browser")...)
	for _, c := range []struct{ line, question, says string }{
		{"disconnect shopify", "store main? [y/N] ", "next: eshopctl disconnect shopify\r\n"},
		{"import run", "store main? [y/N] ", "next: eshopctl import run --store main 2"},
		{"connect shopify --store new", "Which shop", "next: eshopctl connect shopify --store new --shop HANDLE.myshopify.com"},
	} {
		at := sit(t)
		command := at.run(d.command(strings.Fields(c.line)...))
		at.sees(c.question)
		at.types("\x04")
		at.ends(command, exit.Usage)
		if shown := at.shown(); !strings.Contains(shown, "no answer came") || !strings.Contains(shown, c.says) || strings.Contains(shown, "--yes") {
			t.Errorf("%s does not say %q:\n%s", c.line, c.says, shown)
		}
	}
}

// What destroys asks in spite of --yes when nobody named its store, and the
// question names it.
func TestTheOnlyStoreIsNamed(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun(strings.Fields(connectTea + " --auth browser")...)
	at := sit(t)
	command := at.run(d.command("disconnect", "shopify", "--yes"))
	at.sees("forget the connection of store main? [y/N]")
	at.types("y\n")
	at.ends(command, exit.Done)
	d.mustRun(strings.Fields(connectTea + " --auth browser")...)
	at = sit(t)
	at.ends(at.run(d.command("disconnect", "shopify", "--yes", "--no-input")), exit.Usage)
	at = sit(t)
	at.ends(at.run(d.command("disconnect", "shopify", "--yes", "--store", "main")), exit.Done)
}
