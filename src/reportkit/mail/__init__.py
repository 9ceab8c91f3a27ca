"""Reports by mail: who gets which, how it reads, and that it arrives once.

```
recipients → material → compose → outbox → transport
```
`outbox` and `transport` know nothing of reports: they bring any message to its one recipient.
"""
