using Microsoft.Extensions.Logging;

namespace DeepLearning.Extensions.Tests;

/// <summary>A log that a test can read.</summary>
public sealed class LogList : ILoggerProvider, ILogger
{
    private readonly List<(LogLevel Level, string Message, Exception? Exception)> entries = [];

    /// <summary>What the predictors wrote.</summary>
    public IReadOnlyList<(LogLevel Level, string Message, Exception? Exception)> Entries => entries;

    public ILogger CreateLogger(string categoryName) => categoryName == typeof(ReloadingPredictor).FullName ? this : new LogList();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        lock (entries) entries.Add((logLevel, formatter(state, exception), exception));
    }

    public void Dispose()
    {
    }
}
