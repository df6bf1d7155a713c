package shopify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

var hush = []connector.Secret{connector.NewSecret("hush")}

const (
	h1 = "code=0907a61c0c8d55e99db179b68161bc00&shop=some-shop.myshopify.com&timestamp=1337178173"
	a9 = "code=a94a110d86d2452eb3e2af4cfb8a3828&shop=some-shop.myshopify.com"
)

// The vectors of Shopify's documentation and of its libraries.
//
// hazard O7, O8
func TestSignatureVectors(t *testing.T) {
	for name, test := range map[string]struct {
		query  string
		secret string
		want   bool
	}{
		"documented": {h1 + "&signature=11813d1e7bbf4629edcda0628a3f7a20&hmac=4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20", "hush", true},
		"state last": {h1 + "&state=abcd&hmac=7db6973c2aff68295ebcf354c2ce528a6b09aef1146baafccc2e0b369fff5f6d", "hush", true},
		"other timestamp": {strings.Replace(h1, "1337178173", "133717817",
			1) + "&hmac=4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20", "hush", false},
		"state with dot": {h1 + "&state=0.6784241404160823&hmac=700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf",
			"hush", true},
		"older document": {a9 + "&timestamp=1337178173&signature=6e39a2ea9e497af6cb806720da1f1bf3&hmac=2cb1a277650a659f1b11e92a4a64275b128e037f2c3390e3c8fd2d8721dac9e2", "hush", true},
		"with a state":   {a9 + "&timestamp=1337178173&state=abc123&hmac=62c96e47cdef32a33c6fa78d761e049b3578b8fc115188a9ffcd774937ab7c78", "hush", true},
		"without a code": {"shop=some-shop.myshopify.com&timestamp=1337178173&hmac=c2812f39f84c32c2edaded339a1388abc9829babf351b684ab797f04cd94d4c7", "hush", true},
		"special letters": {"a=1%26b%3D2&c%3D3%26d=4&hmac=8de3c7e965d22fa21e059868e4004f5b6fbdcef293d1622ff9408edd6325bc6b",
			"secret", true},
		"repeated list":        {"ids%5B%5D=2&ids%5B%5D=1&hmac=" + sign("hush", `ids=["2", "1"]`), "hush", false},
		"by the name \"nope\"": {h1 + "&hmac=f975cd1feb7dd9dd88b90cc002d1a3c17ab3644d7eddac058d36f11dfdb7000f", "nope", true},
		"missing":              {h1, "hush", false},
		"empty":                {h1 + "&hmac=", "hush", false},
		"no hex":               {h1 + "&hmac=incorrect_hmac_string", "hush", false},
		"short":                {h1 + "&hmac=4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d2", "hush", false},
		"long":                 {h1 + "&hmac=4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d2000", "hush", false},
		"upper case":           {h1 + "&hmac=4712BF92FFC2917D15A2F5A273E39F0116667419AA4B6AC0B3BAAF26FA3C4D20", "hush", false},
		"other digits": {h1 + "&hmac=" + url.QueryEscape("４712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20"),
			"hush", false},
		"other secret":    {h1 + "&hmac=4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20", "hushed", false},
		"no secret":       {h1 + "&hmac=" + sign("", h1), "", false},
		"extra parameter": {h1 + "&hmac=4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20&x=1", "hush", false},
		"app proxy": {"extra=1%2C2&shop=shop-name.myshopify.com&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555" +
			"&hmac=a9718877bea71c2484f91608a7eaea1532bdf71f5c56825065fa4ccabe549ef3", "hush", false},
		// A library that signs unescaped text has one signature for these two queries.
		"collision": {"code=c%26shop%3Dgood.myshopify.com&hmac=" + sign("hush", "code=c&shop=good.myshopify.com"), "hush", false},
	} {
		query, err := url.ParseQuery(test.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := isSigned(query, []connector.Secret{connector.NewSecret(test.secret)}); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// Every spelling that Shopify's libraries sign is accepted.
func TestSpellings(t *testing.T) {
	query := url.Values{"code": {"c0de"}, "shop": {"a.myshopify.com"}, "error_description": {"50% off & more = yes"}, "host": {"YWJj="}}
	for _, signed := range []string{
		"code=c0de&error_description=50%25 off %26 more = yes&host=YWJj=&shop=a.myshopify.com",
		"code=c0de&error_description=50%25%20off%20%26%20more%20%3D%20yes&host=YWJj%3D&shop=a.myshopify.com",
		"code=c0de&error_description=50%25+off+%26+more+%3D+yes&host=YWJj%3D&shop=a.myshopify.com",
	} {
		query.Set("hmac", sign("hush", signed))
		if !isSigned(query, hush) {
			t.Errorf("refused: %s", signed)
		}
	}
	for _, name := range []string{"code", "shop", "state", "timestamp"} {
		odd := url.Values{"code": {"c0de"}, "shop": {"a.myshopify.com"}}
		odd.Set(name, odd.Get(name)+"%26")
		if odd.Set("hmac", sign("hush", signedMessage(odd, url.QueryEscape))); isSigned(odd, hush) {
			t.Errorf("a %s is accepted that is spelled in several ways", name)
		}
	}
}

func TestOldSecretSignsToo(t *testing.T) {
	query, _ := url.ParseQuery(h1 + "&hmac=" + sign("old", h1))
	if !isSigned(query, []connector.Secret{connector.NewSecret("new"), connector.NewSecret("old")}) {
		t.Error("the old secret is refused")
	}
	if isSigned(query, []connector.Secret{connector.NewSecret("new"), {}}) {
		t.Error("accepted without the old secret")
	}
}

// hazard O10
func TestTimestampWindow(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for _, off := range []int64{0, -60, 60, -300, 300} {
		if !isRecent(strconv.FormatInt(now.Unix()+off, 10), now) {
			t.Errorf("%d s off is refused", off)
		}
	}
	for _, off := range []int64{-301, 301, -3600, -2 * 86400} {
		if isRecent(strconv.FormatInt(now.Unix()+off, 10), now) {
			t.Errorf("%d s off is accepted", off)
		}
	}
	current := strconv.FormatInt(now.Unix(), 10)
	for _, text := range []string{"", "not-a-number", "Infinity", "-Infinity", "123.45",
		"0", "-1", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
		"+" + current, "0" + current, " " + current, current + ".0", current + "\n", "1e9"} {
		if isRecent(text, now) {
			t.Errorf("%q is accepted", text)
		}
	}
}

func TestVerifyCallback(t *testing.T) {
	provider, now := &Provider{}, time.Unix(1337178173, 0)
	query, _ := url.ParseQuery(h1)
	for _, test := range []struct {
		change func(url.Values)
		now    time.Time
		reason connector.Reason
		domain string
	}{
		{func(url.Values) {}, now, "", "some-shop.myshopify.com"},
		{func(url.Values) {}, now.Add(301 * time.Second), connector.StateExpired, ""},
		{func(q url.Values) { q.Set("shop", "evil.com") }, now, "", ""},
		{func(q url.Values) { q.Del("shop") }, now, "", ""},
	} {
		sent := url.Values{}
		for name := range query {
			sent.Set(name, query.Get(name))
		}
		test.change(sent)
		sent.Set("hmac", sign("hush", signedMessage(sent, url.QueryEscape)))
		domain, err := provider.VerifyCallback(sent, hush, test.now)
		var fault *connector.Fault
		if errors.As(err, &fault); fault != nil && fault.Reason != test.reason ||
			fault == nil && (test.reason != "" || domain != test.domain) {
			t.Errorf("%v: %q %v", sent, domain, err)
		}
	}
}

// hazard O8
func FuzzSignedQueriesDiffer(f *testing.F) {
	f.Add("code=a&shop=b", "code=a%26shop=b")
	f.Fuzz(func(t *testing.T, one, other string) {
		a, errA := url.ParseQuery(one)
		b, errB := url.ParseQuery(other)
		if errA != nil || errB != nil || !hasPlainParts(a) || !hasPlainParts(b) ||
			a.Get("hmac")+b.Get("hmac")+a.Get("signature")+b.Get("signature") != "" {
			return
		}
		for _, escapeA := range spellings {
			for _, escapeB := range spellings {
				if signedMessage(a, escapeA) != signedMessage(b, escapeB) {
					continue
				}
				for _, name := range []string{"shop", "code", "state", "timestamp"} {
					if a.Get(name) != b.Get(name) {
						t.Errorf("%q and %q have one signature", one, other)
					}
				}
			}
		}
	})
}

func sign(secret, text string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}
