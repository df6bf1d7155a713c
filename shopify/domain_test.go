package shopify

import (
	"errors"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
)

func TestParseShop(t *testing.T) {
	for typed, want := range map[string]string{
		"someshop":                                       "someshop.myshopify.com",
		"1":                                              "1.myshopify.com",
		"tea-":                                           "tea-.myshopify.com",
		"SomeShop.MyShopify.com":                         "someshop.myshopify.com",
		"  test-shop.myshopify.com  ":                    "test-shop.myshopify.com",
		"https://my-shop.myshopify.com":                  "my-shop.myshopify.com",
		"http://my-shop.myshopify.com/":                  "my-shop.myshopify.com",
		"HTTPS://my-shop.myshopify.com/admin":            "my-shop.myshopify.com",
		"https://Example.myshopify.com/admin/":           "example.myshopify.com",
		"my-shop.myshopify.com/admin":                    "my-shop.myshopify.com",
		"admin.shopify.com/store/my-shop":                "my-shop.myshopify.com",
		"https://admin.shopify.com/store/my-shop":        "my-shop.myshopify.com",
		strings.Repeat("a", 60):                          strings.Repeat("a", 60) + ".myshopify.com",
		strings.Repeat("a", 60) + ".myshopify.com/admin": strings.Repeat("a", 60) + ".myshopify.com",
	} {
		got, err := parseShop(typed)
		if err != nil || got != want {
			t.Errorf("%q: %q %v, want %q", typed, got, err, want)
		}
		if again, err := parseShop(got); err != nil || again != want || !isShopDomain(got) {
			t.Errorf("%q is not the canonical form: %q %v", got, again, err)
		}
	}
}

// hostileShops are meant to reach another host, or to look like a shop.
var hostileShops = []string{
	"", " ", "localhost", "LOCALHOST", "-a", "a_b", "a.b", "a b", "xn--80ak6aa92e", "xn--80ak6aa92e.com", "XN--x.myshopify.com",
	strings.Repeat("a", 61), strings.Repeat("a", 10_000), strings.Repeat("a", 61) + ".myshopify.com",
	"myshop.com", "evil.com", "notshopify.com", "test-shop.notmyshopify.com", "a.myshopify.com.evil.com", "amyshopify.com",
	"evil.com/.myshopify.com", "evil.com#.myshopify.com", "evil.com?x.myshopify.com", "evil.com\\.myshopify.com",
	"a.myshopify.com@evil.com", "evil.com@a.myshopify.com", "a:b@a.myshopify.com", "https://a@b.myshopify.com",
	"a.myshopify.com:8443", "https://a.myshopify.com:443", "a.myshopify.com.", ".myshopify.com", "..myshopify.com", "-x.myshopify.com",
	"foo.bar.myshopify.com", "a.myshopify.io", "devshop.myshopify.io", "x.shop.dev", "x.spin.dev", "a.myshopify.com%2eevil.com", "%61.myshopify.com",
	"a.myshopify.com\nevil", "a.myshopify.com\n", "\na.myshopify.com", "a.myshopify.com\r\n", "a\x00.myshopify.com", "\ta.myshopify.com", "a.myshopify.com\t",
	"127.0.0.1", "[::1]", "0x7f.1", "http://127.0.0.1", "file:///etc/passwd", "ftp://a.myshopify.com", "//a.myshopify.com",
	"javascript:alert(1)", "https://a.myshopify.com/admin?redirect=evil", "https://a.myshopify.com/themes", "https://a.myshopify.com//", "https://a.myshopify.com/admin/../x",
	"https://a.myshopify.com#x", "https://https://a.myshopify.com", "admin.shopify.com/some_shoppe", "admin.shopify.com", "admin.shopify.com/store/",
	"admin.shopify.com/store/a/products", "admin.shopify.com/store/a b", "admin.shopify.com.evil.com/store/a", "evil.com/admin.shopify.com/store/a", "admin.shopify.com/store/localhost",
	"а.myshopify.com", "shop.myſhopify.com", "\u212A.myshopify.com", "a\u00ad.myshopify.com", "a\u200d.myshopify.com", "\u202Ea.myshopify.com", "a．myshopify．com",
	"a。myshopify。com", "\u00a0a.myshopify.com", "a.myshopify.com\u3000", "ａ", "a\xff.myshopify.com", "a.myshopify.com\\@evil.com", "a.myshopify.com/\\evil",
}

func TestHostileShops(t *testing.T) {
	for _, typed := range hostileShops {
		got, err := parseShop(typed)
		var fault *connector.Fault
		if !errors.As(err, &fault) || fault.Code != connector.Usage || fault.Hint == "" {
			t.Errorf("%q: %q %v", typed, got, err)
			continue
		}
		if len(fault.Message) > 700 || strings.ContainsFunc(fault.Message, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q is shown as %q", typed, fault.Message)
		}
		if isShopDomain(typed) {
			t.Errorf("%q passes for a domain", typed)
		}
	}
	for _, sent := range []string{"a.myshopify.com\n", "A.myshopify.com", " a.myshopify.com", "a", "https://a.myshopify.com", "a.myshopify.com/"} {
		if isShopDomain(sent) {
			t.Errorf("%q passes for a domain", sent)
		}
	}
}

func FuzzParseShop(f *testing.F) {
	for _, typed := range hostileShops {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		domain, err := parseShop(typed)
		if err != nil {
			return
		}
		if again, err := parseShop(domain); err != nil || again != domain || strings.Count(domain, ".") != 2 {
			t.Errorf("%q becomes %q, and that %q %v", typed, domain, again, err)
		}
	})
}
