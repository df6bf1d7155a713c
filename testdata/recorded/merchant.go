package main

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	_ "modernc.org/sqlite" // other programs edit rows

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
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
		return on.open(words, sandboxtest.DefaultShop(), sandboxtest.Generate(12))
	case "generated":
		n, err := strconv.Atoi(words[0])
		return errors.Join(err, on.open(words[1:], sandboxtest.Generate(n), sandboxtest.DefaultShop()))
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
		return on.server.Do(on.shop, append([]string{verb}, words...)...)
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
