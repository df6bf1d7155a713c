// Package oauth lets an app into a shop: the authorize page, the token endpoint, and the account that keeps what
// was granted and handed out.
//
// Begin with authorize.go and token.go; account.go and tokens.go are what they change. It may import scopes and
// web.
package oauth
