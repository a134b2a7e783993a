using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace DeepLearning;

/// <summary>
/// A predictor whose model can be replaced while it serves: a swap is one write of a reference, calls in flight finish on the model they started with, and each
/// call uses a single model. A new model must fit the old one (same shapes, same class names, finite weights); one that does not, or cannot be loaded, leaves
/// the
/// old one in service and is reported by <see cref="Reloaded"/> and <see cref="LastReload"/>.
/// </summary>
/// <example>
/// <code>
/// using var predictor = ReloadingPredictor.Watch("digits.safetensors", TimeSpan.FromSeconds(1));
/// predictor.Reloaded += (_, reload) => Console.WriteLine(reload.Failure?.Message ?? "a new model serves");
/// </code>
/// </example>
public sealed class ReloadingPredictor : IPredictor, IDisposable
{
    private readonly Lock gate = new();
    private readonly Func<Predictor> load;
    private readonly TimeProvider time;
    private readonly string? path;
    private ITimer? timer;
    private Predictor current;
    private FileStamp stamp;
    private PredictorReload? lastReload;

    /// <summary>A predictor that loads its model now, and again when <see cref="Reload"/> is called.</summary>
    /// <param name="load">Creates the model: from a file, a database, a service.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    /// <exception cref="InvalidDataException">A weight of the first model is NaN or infinite. Exceptions of <paramref name="load"/> are passed on.</exception>
    public ReloadingPredictor(Func<Predictor> load, TimeProvider? timeProvider = null) : this(load, null, timeProvider) { }

    private ReloadingPredictor(Func<Predictor> load, string? path, TimeProvider? timeProvider)
    {
        ArgumentNullException.ThrowIfNull(load);
        (this.load, this.path, time) = (load, path, timeProvider ?? TimeProvider.System);
        if (path is not null) stamp = FileStamp.Of(path);
        current = load();
        PredictorFit.RequireFinite(current);
    }

    /// <summary>
    /// Raised after each attempt to replace the model, on the thread that made it; the next attempt waits until the handlers return. Exceptions of handlers are
    /// only written to <see cref="Trace"/>.
    /// </summary>
    public event EventHandler<PredictorReload>? Reloaded;

    /// <summary>The model currently in service.</summary>
    public Predictor Current => Volatile.Read(ref current);

    /// <summary>The result of the last attempt to replace the model; null before the first.</summary>
    public PredictorReload? LastReload => Volatile.Read(ref lastReload);

    /// <inheritdoc/>
    public Shape InputShape => Current.InputShape;

    /// <inheritdoc/>
    public Shape OutputShape => Current.OutputShape;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => Current.ClassNames;

    /// <inheritdoc/>
    public bool GivesProbabilities => Current.GivesProbabilities;

    /// <inheritdoc/>
    public OutputMeaning OutputMeaning => Current.OutputMeaning;

    /// <inheritdoc/>
    public Activation? OutputActivation => Current.OutputActivation;

    /// <summary>
    /// Watches a file by its time, its length and its first and last bytes, which works on every file system, including network shares and container mounts.
    /// Links are
    /// followed. <see cref="Model.Save(string, LayerKinds)"/> replaces a file atomically, so that no incomplete file is ever seen.
    /// </summary>
    /// <param name="path">A model that <see cref="Model.Save(string, LayerKinds)"/> wrote.</param>
    /// <param name="interval">How often to check the file.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not above 0.</exception>
    /// <exception cref="ModelFormatException">The first model is damaged, or something else; the message says what.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is a folder, or cannot be read.</exception>
    public static ReloadingPredictor Watch(string path, TimeSpan interval) => Watch(path, static file => Predictor.Load(file), interval);

    /// <summary>Watches a file that is loaded in a custom way: with custom layers, or from another format.</summary>
    /// <param name="path">The file that <paramref name="load"/> reads.</param>
    /// <param name="load">Creates the predictor from the file.</param>
    /// <param name="interval">How often to check the file.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not above 0.</exception>
    public static ReloadingPredictor Watch(string path, Func<string, Predictor> load, TimeSpan interval, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(load);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        var predictor = new ReloadingPredictor(() => load(path), path, timeProvider);
        predictor.timer = predictor.time.CreateTimer(static state => ((ReloadingPredictor)state!).Look(), predictor, interval, interval);
        return predictor;
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> predictions) => Current.Predict(inputs, predictions);

    /// <inheritdoc/>
    public Tensor Predict(Tensor inputs) => Current.Predict(inputs);

    /// <inheritdoc/>
    public Task<Tensor> PredictAsync(Tensor inputs, CancellationToken cancellationToken = default) => Current.PredictAsync(inputs, cancellationToken);

    /// <summary>Loads the model again and puts it into service. A failure is returned, not thrown: the old model stays in service.</summary>
    public PredictorReload Reload()
    {
        lock (gate)
        {
            if (path is not null) stamp = FileStamp.Of(path);
            return Attempt(load);
        }
    }

    /// <summary>Puts a model into service, such as one just trained.</summary>
    /// <param name="next">The model.</param>
    /// <exception cref="ShapeMismatchException">Its shapes are not those of the model in service, which stays.</exception>
    /// <exception cref="InvalidDataException">Its class names or the meaning of its outputs differ, or a weight is NaN or infinite; the old model
    /// stays.</exception>
    public void Replace(Predictor next)
    {
        ArgumentNullException.ThrowIfNull(next);
        lock (gate)
        {
            if (Attempt(() => next).Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Stops watching. Predictions continue to work.</summary>
    public void Dispose() => timer?.Dispose();

    /// <summary>Loads the file if it has changed. Does nothing while another thread loads it: the next check comes soon.</summary>
    private void Look()
    {
        if (!gate.TryEnter()) return;
        try
        {
            // The stamp is taken before the file is read: a write in between shows as a change at the next check.
            FileStamp now = FileStamp.Of(path!);
            if (now == stamp) return;
            stamp = now;
            // Invalid content stays invalid until the file changes; a file that cannot be read now is tried again.
            if (Attempt(load).Failure is not (null or InvalidDataException or ModelFormatException or ShapeMismatchException)) stamp = default;
        }
        finally
        {
            gate.Exit();
        }
    }

    private PredictorReload Attempt(Func<Predictor> make)
    {
        Exception? failure = null;
        try
        {
            Predictor next = make();
            PredictorFit.Require(current, next);
            // The first calls after the swap find memory for as many concurrent calls as before.
            next.WarmUp(Math.Max(1, current.CallsAtOnce));
            Volatile.Write(ref current, next);
        }
#pragma warning disable CA1031 // Whatever is wrong with a new model, the old one stays in service, and the failure is reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        var reload = new PredictorReload(time.GetUtcNow(), failure);
        Volatile.Write(ref lastReload, reload);
        Tell(reload);
        return reload;
    }

    /// <summary>An exception from a listener does not undo the reload, and on the timer's thread it would end the process.</summary>
    private void Tell(PredictorReload reload)
    {
        foreach (EventHandler<PredictorReload> listener in Delegate.EnumerateInvocationList(Reloaded))
        {
            try
            {
                listener(this, reload);
            }
#pragma warning disable CA1031 // Whatever it is, the next listener is notified too.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Trace.TraceError($"A listener of {nameof(Reloaded)} failed: {exception}");
            }
        }
    }
}
