return await Crm.Host.CrmServer.RunAsync(args);
