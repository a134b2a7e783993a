// Serving a model: reads the digits that are drawn in a browser page.
//   dotnet run -c Release --project samples/WebApi [--urls http://localhost:5000] [--model digits.safetensors]
// A model saved over that file while the server runs takes over within a second.
using WebApi;

await using WebApplication app = DigitsApp.Build(args);
await app.RunAsync();
