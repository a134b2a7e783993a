namespace DeepLearning.Tests.Contracts;

/// <summary>One callback.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Make">Makes one, for a run with the figures loss and val_loss.</param>
public sealed record CallbackRow(string Name, Func<Callback> Make)
{
    public override string ToString() => Name;
}
