-- Let a pool live on from now.
live_on()
return {1}
