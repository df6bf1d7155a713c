// Package gid reads and writes Shopify's global ids, such as gid://shopify/Product/1. It imports nothing of ours.
package gid
