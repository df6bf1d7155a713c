// Package gid knows the global ids of Shopify, such as gid://shopify/Product/1
// (https://shopify.dev/docs/api/usage/gids). It imports nothing of ours.
package gid
