package main

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	_ "modernc.org/sqlite" // other programs edit rows

	"github.com/eshopos/eshopctl/shopify/sandbox"
)

// happens does what a line of a story says that is not typed into the program.
func (on *stage) happens(line string) error {
	words, err := wordsOf(on.filled(line))
	if err != nil {
		return err
	}
	verb, words := words[0], words[1:]
	rest := strings.TrimPrefix(line, verb+" ")
	switch verb {
	case "shop":
		return on.open(words, sandbox.DefaultShop(), sandbox.Generate(12))
	case "generated":
		n, err := strconv.Atoi(words[0])
		return errors.Join(err, on.open(words[1:], sandbox.Generate(n), sandbox.DefaultShop()))
	case "<":
		on.input = strings.ReplaceAll(on.token(rest), `\n`, "\n")
		return nil
	case "env":
		on.variables = append(on.variables, on.token(on.filled(rest)))
		return nil
	case "write":
		_, text, _ := strings.Cut(rest, " ")
		return errors.Join(os.MkdirAll(filepath.Dir(words[0]), 0o700), os.WriteFile(words[0], []byte(strings.ReplaceAll(text, `\n`, "\n")), 0o600))
	case "sql":
		return on.edit(rest)
	case "switch":
		return on.server.Flip(on.shop.Domain(), rest)
	default:
		return on.merchant(verb, words)
	}
}

func (on *stage) token(text string) string {
	if !strings.Contains(text, "{token}") {
		return text
	}
	on.server.Install(on.shop.Domain())
	return strings.ReplaceAll(text, "{token}", on.server.AccessToken(on.shop.Domain()))
}

// edit changes rows as another program does.
func (on *stage) edit(statements string) error {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(on.home, ".local", "state", "eshopctl", "state.db")+"?_busy_timeout=5000")
	if err != nil {
		return err
	}
	_, err = db.Exec(statements)
	return errors.Join(err, db.Close())
}

// merchant changes something in the shop.
func (on *stage) merchant(verb string, words []string) error {
	domain := on.shop.Domain()
	switch verb {
	case "price":
		return on.shop.SetPrice(words[0], words[1])
	case "retitle":
		return on.shop.Retitle(words[0], words[1])
	case "describe":
		return on.shop.Describe(words[0], words[1])
	case "sku":
		return on.shop.SetSKU(words[0], &words[1])
	case "add-product":
		_, err := on.shop.AddProduct(sandbox.NewProduct{Handle: words[0], Title: words[1]})
		return err
	case "remove-product":
		return on.shop.RemoveProduct(words[0])
	case "remove-variant":
		return on.shop.RemoveVariant(words[0])
	case "remove-collection":
		return on.shop.RemoveCollection(words[0])
	case "untrack":
		return on.shop.SetTracked(words[0], false)
	case "sell", "stock":
		n, err := strconv.Atoi(words[2])
		if verb == "sell" {
			return errors.Join(err, on.shop.Sell(words[0], words[1], n))
		}
		return errors.Join(err, on.shop.SetAvailable(words[0], words[1], n))
	case "open-location":
		on.shop.AddLocation(words[0], sandbox.Address{})
	case "close-location":
		return on.shop.DeactivateLocation(words[0])
	case "remove-location":
		return on.shop.RemoveLocation(words[0])
	case "rename-location":
		return on.shop.RenameLocation(words[0], words[1])
	case "freeze":
		on.shop.Freeze(true)
	case "thaw":
		on.shop.Freeze(false)
	case "deny":
		on.server.DenyNext(domain)
	case "expire-tokens":
		on.server.ExpireTokens(domain)
	case "revoke":
		on.server.RevokeTokens(domain)
	case "install":
		on.server.Install(domain)
	case "uninstall":
		on.server.Uninstall(domain)
	case "grant":
		on.server.SetGrantedScopes(domain, words)
	default:
		return fmt.Errorf("nobody knows how to %s", verb)
	}
	return nil
}
