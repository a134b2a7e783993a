using DeepLearning;
using Microsoft.AspNetCore.Http.HttpResults;

namespace WebApi;

/// <summary>The server: a page to draw on, the prediction, and the health of the model.</summary>
internal static class DigitsApp
{
    public static WebApplication Build(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        string path = Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["model"] ?? "digits.safetensors");
        DigitModel.Ensure(path);
        builder.Services.AddPredictor(options => options.Path = path);
        builder.Services.AddSingleton(services => Classifier.Of(services.GetRequiredService<IPredictor>()));
        builder.Services.AddHealthChecks().AddPredictor();
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, DigitsJson.Default));

        WebApplication app = builder.Build();
        byte[] page = Page();
        app.MapGet("/", () => Results.Bytes(page, "text/html; charset=utf-8"));
        app.MapPost("/predict", Predict);
        app.MapHealthChecks("/health");
        return app;
    }

    private static Results<Ok<Answer>, BadRequest<string>> Predict(Drawing drawing, Classifier<string> classifier)
    {
        if (drawing.Pixels is not { Length: DigitModel.Pixels } pixels)
            return TypedResults.BadRequest($"A drawing has {DigitModel.Pixels} pixels, 28 rows of 28 from 0 (paper) to 1 (ink); got {drawing.Pixels?.Length ?? 0}.");
        int place = Array.FindIndex(pixels, p => p is not (>= 0f and <= 1f));
        if (place >= 0) return TypedResults.BadRequest($"A pixel is from 0 (paper) to 1 (ink); pixel {place} is {pixels[place]}.");
        var top = new Classification<string>[3];
        classifier.Top(pixels, top);
        return TypedResults.Ok(new Answer(top));
    }

    private static byte[] Page()
    {
        using Stream resource = typeof(DigitsApp).Assembly.GetManifestResourceStream("page.html")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
