package catalogue

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
)

// FormatMoney writes a price as Shopify does: with two decimals, or with as many as were given if they are more.
// How Shopify writes currencies of no or three decimals is not known.
func FormatMoney(price string) (string, error) {
	if !regexp.MustCompile(`^\d+(\.\d+)?$`).MatchString(price) {
		return "", fmt.Errorf("%q is no price", price)
	}
	whole, fraction := price, ""
	for i := range price {
		if price[i] == '.' {
			whole, fraction = price[:i], price[i+1:]
		}
	}
	for len(fraction) < 2 {
		fraction += "0"
	}
	return whole + "." + fraction, nil
}

func moneyFloat(price string) float64 {
	f, err := strconv.ParseFloat(price, 64)
	if err != nil {
		panic("a price of the model is no number: " + price)
	}
	return f
}

func compareMoney(a, b string) int { return cmp.Compare(moneyFloat(a), moneyFloat(b)) }
