package connector

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestGrants(t *testing.T) {
	for _, test := range []struct {
		granted, scope string
		want           bool
	}{
		{"write_products", "read_products", true},
		{"read_products", "write_products", false},
		{"write_orders", "guest_read_orders", false},
		{"guest_write_orders", "guest_read_orders", true},
		{"guest_write_orders", "read_orders", false},
		{"", "read_products", false},
	} {
		if got := fake().grantsScope([]string{test.granted}, test.scope); got != test.want {
			t.Errorf("%s grants %s: %t", test.granted, test.scope, got)
		}
	}
}

func TestCapabilities(t *testing.T) {
	for _, test := range []struct {
		scopes, only, able, missing string
	}{
		{"read_products,read_inventory,read_locations", "", "[products categories warehouses stock]", "[]"},
		{"write_products,write_inventory,read_locations", "", "[products categories warehouses stock]", "[]"},
		{"read_products", "", "[products categories]", "[read_inventory read_locations]"},
		{"read_products,read_inventory", "", "[products categories]", "[read_locations]"},
		{"read_products,read_inventory", "products", "[products]", "[]"},
		{"", "", "[]", "[read_inventory read_locations read_products]"},
	} {
		c := Connector{Platform: fake(), Scopes: strings.Split(test.scopes, ",")}
		if test.only != "" {
			c.Purpose, _ = ParseResources(test.only)
		}
		if able, missing := fmt.Sprint(c.Capabilities()), fmt.Sprint(c.MissingScopes()); able != test.able || missing != test.missing {
			t.Errorf("%q only %q: %s missing %s", test.scopes, test.only, able, missing)
		}
		if c.Capabilities() == nil || c.MissingScopes() == nil {
			t.Error("nil, want empty")
		}
	}
}

// hazard S1
func TestSecretNeverShows(t *testing.T) {
	const canary = "CANARY"
	secret := NewSecret(canary)
	var shown strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%08b", "%T"} {
		fmt.Fprintf(&shown, verb+verb+verb+verb, secret, &secret, Secrets{AccessToken: secret}, []Secret{secret})
	}
	type hidden struct {
		secret  Secret
		nested  struct{ secrets Secrets }
		pointer *Secret
	}
	within := hidden{secret: secret, pointer: &secret}
	within.nested.secrets = Secrets{secret, secret, secret}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&shown, verb+verb+verb, within, &within, []hidden{within})
	}
	encoded, err := json.Marshal(map[string]any{"a": secret, "b": &secret, "c": Secrets{secret, secret, secret}})
	if err != nil {
		t.Fatal(err)
	}
	shown.Write(encoded)
	slog.New(slog.NewJSONHandler(&shown, nil)).Info("x", "secret", secret, "all", Secrets{AccessToken: secret})
	slog.New(slog.NewTextHandler(&shown, nil)).Info("x", "secret", secret, "all", Secrets{AccessToken: secret})
	shown.WriteString(errors.Join(fmt.Errorf("%v", secret)).Error())
	for _, form := range []string{canary, "43414e415259", "43414E415259", "67 65 78"} {
		if strings.Contains(shown.String(), form) {
			t.Errorf("a secret shows as %s in %s", form, shown.String())
		}
	}
}

// fake is a provider that says of itself what these tests need.
func fake() Platform {
	reading := []string{"read_products"}
	return Platform{
		Name: "fake",
		Scopes: map[Resource][]string{
			Products: reading, Categories: reading, Warehouses: {"read_locations"}, Stock: {"read_inventory", "read_locations", "read_products"},
		},
		Writing: map[string]string{"read_": "write_", "guest_read_": "guest_write_"},
	}
}
