package madeup

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Platform is what the market says of itself, with no word that another provider has.
func Platform() connector.Platform {
	return connector.Platform{
		Name: Name, Title: "Market",
		ShopForms: "the name of its stall", ShopExample: "STALL@market", SilentTitle: "the one there is",
		Scopes: map[connector.Resource][]string{
			connector.Products: {"see:goods"}, connector.Categories: {"see:goods"}, connector.Warehouses: {"see:place"}, connector.Stock: {"see:goods", "see:pile"},
		},
		Writing:   map[string]string{"see:": "move:"},
		Grant:     map[connector.Auth]string{connector.Browser: "have the warden write %s on the word", connector.AdminToken: "ask the warden for a word with %s"},
		Versions:  connector.Versions{Asked: "d2026-11-01", Form: "d2006-01-02", Months: 3},
		Permanent: connector.Deadline{From: time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC), What: "words of strangers"},
		Console:   "the book of the warden", NewApp: "write your name",
		StatusPage: "http://127.0.0.1/market",
	}
}
