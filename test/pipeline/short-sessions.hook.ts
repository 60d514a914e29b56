import kafkajs from 'kafkajs';

// Loaded with `--import` before projectors that are killed a hundred times: what one leaves behind is taken over after three seconds instead
// of ten. How long it takes is not what is tested then. The product knows nothing of it and has no switch.
const { prototype } = kafkajs.Kafka;
const { consumer: create } = prototype;
prototype.consumer = function consumer(options) {
  const short = { sessionTimeout: 3_000, heartbeatInterval: 300 };
  return create.call(this, options && { ...options, ...short });
};
