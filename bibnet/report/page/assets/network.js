const startNetworks = () => {};
